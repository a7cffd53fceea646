// Every word that a user reads, in both languages.

import type {EventKind} from './parcels';

export type Language = 'en' | 'ru';

const en = {
  title: 'Parcel',
  trackNumber: 'Track number',
  find: 'Find',
  recent: 'Recent parcels',
  back: 'Back',
  notTrackNumber: 'A track number is two letters, nine digits, two letters: RA123456785RU.',
  wrongCheckDigit: 'There is a mistake in this number: its check digit does not fit.',
  unknownParcel: (number: string) => `Nothing is known about ${number} yet.`,
  from: 'From',
  to: 'To',
  weight: (grams: number) => `Weight: ${(grams / 1000).toFixed(2)} kg`,
  share: 'Share',
  shared: 'Shared.',
  notShared: 'Not shared.',
  shareText: (number: string, status: string, place: string) => `${number}: ${status}, ${place}`,
  fee: (amount: string) => `Customs fee to pay: ${amount}`,
  pay: 'Pay',
  paid: (amount: string) => `Paid ${amount}. Thank you.`,
  receipt: (id: string) => `Receipt ${id}`,
  help: 'Ask for help',
  helpTopic: 'Question about a parcel',
  ticket: (id: string) => `Your question has the number ${id}. We will answer in the chat.`,
  whoAmI: 'Who am I?',
  hello: (name: string) => `Hello, ${name}!`,
  somebody: 'guest',
  working: 'One moment…',
  events: {
    accepted: 'Accepted',
    exported: 'Left the country of origin',
    sorted: 'Left the sorting centre',
    atCustoms: 'At customs, a fee is due',
    awaiting: 'Ready to be collected',
    delivered: 'Delivered',
  } as Record<EventKind, string>,
  errors: {
    permission_denied: 'You have not allowed this.',
    user_refused: 'You have refused.',
    permission_blocked: 'You have refused this lately; try again later.',
    insufficient_funds: 'There is not enough money in the wallet.',
    order_expired: 'The bill has expired; open the parcel again later.',
    duplicate_order: 'This bill is paid already.',
    rate_limited: 'Too often; try again in a minute.',
  } as Record<string, string>,
  otherError: (code: string) => `That did not work (${code}).`,
};

const ru: typeof en = {
  title: 'Посылка',
  trackNumber: 'Трек-номер',
  find: 'Найти',
  recent: 'Недавние посылки',
  back: 'Назад',
  notTrackNumber: 'Трек-номер — это две буквы, девять цифр и две буквы, например RA123456785RU.',
  wrongCheckDigit: 'В номере ошибка: не сходится контрольная цифра.',
  unknownParcel: number => `Об отправлении ${number} пока ничего не известно.`,
  from: 'Откуда',
  to: 'Куда',
  weight: grams => `Вес: ${(grams / 1000).toFixed(2).replace('.', ',')} кг`,
  share: 'Поделиться',
  shared: 'Отправлено.',
  notShared: 'Не отправлено.',
  shareText: (number, status, place) => `${number}: ${status}, ${place}`,
  fee: amount => `К оплате таможенный сбор: ${amount}`,
  pay: 'Оплатить',
  paid: amount => `Оплачено: ${amount}. Спасибо.`,
  receipt: id => `Квитанция ${id}`,
  help: 'Задать вопрос',
  helpTopic: 'Вопрос о посылке',
  ticket: id => `Номер вашего обращения: ${id}. Ответим в чате.`,
  whoAmI: 'Кто я?',
  hello: name => `Здравствуйте, ${name}!`,
  somebody: 'гость',
  working: 'Минутку…',
  events: {
    accepted: 'Принято в отделении',
    exported: 'Покинуло страну отправления',
    sorted: 'Покинуло сортировочный центр',
    atCustoms: 'На таможне, нужно оплатить сбор',
    awaiting: 'Ожидает вас в отделении',
    delivered: 'Вручено',
  },
  errors: {
    permission_denied: 'Вы этого не разрешили.',
    user_refused: 'Вы отказались.',
    permission_blocked: 'Вы недавно отказали; попробуйте позже.',
    insufficient_funds: 'В кошельке не хватает денег.',
    order_expired: 'Срок счёта истёк; откройте посылку позже.',
    duplicate_order: 'Этот счёт уже оплачен.',
    rate_limited: 'Слишком часто; попробуйте через минуту.',
  },
  otherError: code => `Не получилось (${code}).`,
};

export type Texts = typeof en;

/// The texts for a BCP 47 language; English for those there are none for.
export function textsFor(tag: string): {language: Language; texts: Texts} {
  return tag.toLowerCase().startsWith('ru') ? {language: 'ru', texts: ru} :
                                              {language: 'en', texts: en};
}

/// "1 250.00 RUB", with the decimal mark of the language.
export function moneyText(amountMinor: number, currency: string, language: Language): string {
  const whole = String(Math.trunc(amountMinor / 100)).replace(/\B(?=(\d{3})+$)/g, '\u00a0');
  const cents = String(amountMinor % 100).padStart(2, '0');
  return `${whole}${language === 'ru' ? ',' : '.'}${cents}\u00a0${currency}`;
}

/// "2026-03-09 06:05", as it was on the clock of the place.
export function timeText(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}
