// Every word that a user reads, in both languages.

export type Language = 'en' | 'ru';
export type Section = 'timetable' | 'marks' | 'news' | 'absence';
export type Reason = 'ill' | 'family' | 'other';

const en = {
  title: 'School diary',
  loading: 'Asking the school…',
  failed: 'The diary could not be read.',
  retry: 'Try again',
  notKept: 'What you have read could not be kept.',
  child: 'Child',
  teacher: (name: string) => `Class teacher: ${name}`,
  sections: {timetable: 'Timetable', marks: 'Marks', news: 'News', absence: 'Absence'},
  days: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'],
  day: 'Day',
  room: (room: string) => `room ${room}`,
  homework: (text: string) => `Homework: ${text}`,
  noLessons: 'No lessons on this day.',
  shareDay: 'Share the homework with the class',
  shareText: (day: string, lines: string) => `Homework for ${day}:\n${lines}`,
  noHomework: 'Nothing to do at home.',
  shared: 'Sent to the chat.',
  notShared: 'Not sent.',
  noMarks: 'There are no marks in this term yet.',
  average: (value: string) => `on average ${value}`,
  averageOf: (subject: string) => `Average in ${subject}`,
  unread: (count: number) => `${count} new`,
  markRead: 'I have read it',
  isRead: 'Read',
  allRead: 'You have read everything.',
  from: 'First day away',
  dayCount: 'How many days',
  reason: 'Reason',
  reasons: {ill: 'Ill', family: 'Family reasons', other: 'Another reason'},
  comment: 'Comment',
  commentHint: 'What the teacher should know',
  certificate: 'A doctor’s certificate will follow',
  signature: 'Signature',
  sign: 'Sign with my name',
  signed: (name: string) => `Signed by ${name}.`,
  send: 'Send to the teacher',
  dateWrong: 'Write the day as YYYY-MM-DD, for example 2026-03-12.',
  signatureMissing: 'Sign the note first.',
  note: (name: string, form: string, day: string, days: number, reason: string) =>
      `${name} (${form}) will be away from ${day} for ${days} ${days === 1 ? 'day' : 'days'}: ` +
      `${reason.toLowerCase()}.`,
  chooseTeacher: 'You choose the teacher’s chat next; the diary does not learn which.',
  sent: 'The note is sent. Get well soon!',
  working: 'One moment…',
  errors: {
    permission_denied: 'You have not allowed this.',
    user_refused: 'You have refused.',
    permission_blocked: 'You have refused this lately; try again later.',
    rate_limited: 'Too often; try again in a minute.',
  } as Record<string, string>,
  otherError: (code: string) => `That did not work (${code}).`,
};

const ru: typeof en = {
  title: 'Школьный дневник',
  loading: 'Спрашиваем школу…',
  failed: 'Не получилось открыть дневник.',
  retry: 'Попробовать ещё раз',
  notKept: 'Не получилось запомнить, что вы прочли.',
  child: 'Ребёнок',
  teacher: name => `Классный руководитель: ${name}`,
  sections: {timetable: 'Расписание', marks: 'Оценки', news: 'Новости', absence: 'Пропуск'},
  days: ['Понедельник', 'Вторник', 'Среда', 'Четверг', 'Пятница'],
  day: 'День',
  room: room => `каб. ${room}`,
  homework: text => `Задание: ${text}`,
  noLessons: 'В этот день уроков нет.',
  shareDay: 'Отправить задание в чат класса',
  shareText: (day, lines) => `Задание, ${day.toLowerCase()}:\n${lines}`,
  noHomework: 'На дом ничего не задано.',
  shared: 'Отправлено в чат.',
  notShared: 'Не отправлено.',
  noMarks: 'В этой четверти оценок пока нет.',
  average: value => `в среднем ${value.replace('.', ',')}`,
  averageOf: subject => `Средний балл: ${subject}`,
  unread: count => `новых: ${count}`,
  markRead: 'Прочитано',
  isRead: 'Прочитано вами',
  allRead: 'Вы всё прочитали.',
  from: 'Первый день',
  dayCount: 'Сколько дней',
  reason: 'Причина',
  reasons: {ill: 'Болезнь', family: 'Семейные обстоятельства', other: 'Другая причина'},
  comment: 'Комментарий',
  commentHint: 'Что важно знать учителю',
  certificate: 'Справку от врача принесём',
  signature: 'Подпись',
  sign: 'Подписать моим именем',
  signed: name => `Подписано: ${name}.`,
  send: 'Отправить учителю',
  dateWrong: 'Напишите день так: ГГГГ-ММ-ДД, например 2026-03-12.',
  signatureMissing: 'Сначала подпишите записку.',
  note: (name, form, day, days, reason) =>
      `${name} (${form}): пропуск с ${day}, дней: ${days}. Причина: ${reason.toLowerCase()}.`,
  chooseTeacher: 'Дальше вы выберете чат с учителем; дневник не узнает, какой.',
  sent: 'Записка отправлена. Выздоравливайте!',
  working: 'Минутку…',
  errors: {
    permission_denied: 'Вы этого не разрешили.',
    user_refused: 'Вы отказались.',
    permission_blocked: 'Вы недавно отказали; попробуйте позже.',
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

/// The user's words for a failed call. The host's message is for developers: it goes to the log.
export function errorText(error: unknown, texts: Texts): string {
  const {code, message} = error as {code?: string; message?: string};
  console.warn(`${code ?? 'error'}: ${message ?? error}`);
  return texts.errors[code ?? ''] ?? texts.otherError(code ?? 'internal');
}
