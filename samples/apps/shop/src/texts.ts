// Every word that a user reads, in both languages.

export type Language = 'en' | 'ru';

const en = {
  title: 'The Corner Shop',
  noServer: 'Hello! This shop has no server here. Start both with samples/backends/shop/run.',
  working: 'One moment…',
  goods: 'Goods',
  cart: (count: number) => `Cart (${count})`,
  orders: 'My orders',
  add: (title: string) => `Add ${title}`,
  remove: (title: string) => `Remove ${title}`,
  emptyCart: 'The cart is empty.',
  total: (amount: string) => `To pay: ${amount}`,
  order: 'Order and pay',
  noOrders: 'There are no orders yet.',
  paid: 'Paid. Thank you!',
  giveBack: 'Give back',
  givenBack: 'The money is on its way back.',
  receipt: (id: string) => `Receipt ${id}`,
  again: 'Try again',
  subscribe: 'A box of goods every month',
  subscribed: 'You will get a box every month.',
  states: {
    created: 'Not paid',
    captured: 'Paid',
    refunding: 'Being refunded',
    refunded: 'Refunded',
    ended: 'Cancelled',
  } as Record<string, string>,
  errors: {
    user_refused: 'You have refused.',
    permission_denied: 'You have not allowed this.',
    permission_blocked: 'You have refused this lately; try again later.',
    insufficient_funds: 'There is not enough money in the wallet.',
    network_error: 'The shop cannot be reached.',
    timeout: 'The shop does not answer.',
  } as Record<string, string>,
  otherError: (code: string) => `That did not work (${code}).`,
};

const ru: typeof en = {
  title: 'Магазин на углу',
  noServer: 'Hello! У магазина здесь нет сервера. Запустите оба: samples/backends/shop/run.',
  working: 'Минутку…',
  goods: 'Товары',
  cart: count => `Корзина (${count})`,
  orders: 'Мои заказы',
  add: title => `Добавить: ${title}`,
  remove: title => `Убрать: ${title}`,
  emptyCart: 'Корзина пуста.',
  total: amount => `К оплате: ${amount}`,
  order: 'Заказать и оплатить',
  noOrders: 'Заказов пока нет.',
  paid: 'Оплачено. Спасибо!',
  giveBack: 'Вернуть',
  givenBack: 'Деньги возвращаются.',
  receipt: id => `Квитанция ${id}`,
  again: 'Ещё раз',
  subscribe: 'Коробка товаров каждый месяц',
  subscribed: 'Коробка будет приходить каждый месяц.',
  states: {
    created: 'Не оплачен',
    captured: 'Оплачен',
    refunding: 'Возвращается',
    refunded: 'Деньги возвращены',
    ended: 'Отменён',
  },
  errors: {
    user_refused: 'Вы отказались.',
    permission_denied: 'Вы этого не разрешили.',
    permission_blocked: 'Вы недавно отказали; попробуйте позже.',
    insufficient_funds: 'В кошельке не хватает денег.',
    network_error: 'До магазина не достучаться.',
    timeout: 'Магазин не отвечает.',
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
