// What the school knows. A real app would ask its server; the sample carries its answers and takes
// a moment to give them, as a server does.

import type {Language} from './texts';

export type Words = Record<Language, string>;

export interface Lesson {
  start: string;
  subject: keyof typeof subjects;
  room: string;
  homework?: Words;
}
export interface Mark {
  subject: keyof typeof subjects;
  marks: number[];
}
export interface Announcement {
  id: string;
  day: string;  ///< YYYY-MM-DD
  title: Words;
  text: Words;
}
export interface Child {
  id: string;
  name: Words;
  form: string;
  teacher: Words;
  /// Lessons of Monday to Friday; a day without any is a holiday.
  week: Lesson[][];
  marks: Mark[];
}
export interface School {
  children: Child[];
  announcements: Announcement[];
}

export const subjects = {
  algebra: {en: 'Algebra', ru: 'Алгебра'},
  russian: {en: 'Russian', ru: 'Русский язык'},
  english: {en: 'English', ru: 'Английский язык'},
  physics: {en: 'Physics', ru: 'Физика'},
  history: {en: 'History', ru: 'История'},
  reading: {en: 'Reading', ru: 'Чтение'},
  nature: {en: 'The world around us', ru: 'Окружающий мир'},
  sport: {en: 'Sport', ru: 'Физкультура'},
} satisfies Record<string, Words>;

const lesson = (start: string, subject: Lesson['subject'], room: string, en?: string,
                ru?: string) => ({
  start,
  subject,
  room,
  homework: en === undefined ? undefined : {en, ru: ru ?? en},
});

const anna: Child = {
  id: 'anna',
  name: {en: 'Anna', ru: 'Аня'},
  form: '8B',
  teacher: {en: 'Olga Petrova', ru: 'Ольга Сергеевна'},
  week: [
    [
      lesson('08:30', 'algebra', '214', 'No. 341 to 344', '№ 341–344'),
      lesson('09:25', 'russian', '305', 'Essay, one page', 'Сочинение на страницу'),
      lesson('10:30', 'physics', '118'),
      lesson('11:25', 'sport', 'A'),
    ],
    [
      lesson('08:30', 'history', '301', 'Chapter 12, questions 1 and 4', '§ 12, вопросы 1 и 4'),
      lesson('09:25', 'english', '207', 'Learn the words of unit 5', 'Выучить слова урока 5'),
      lesson('10:30', 'algebra', '214'),
    ],
    [
      lesson('08:30', 'physics', '118', 'Laboratory report', 'Отчёт о лабораторной'),
      lesson('09:25', 'russian', '305'),
      lesson('10:30', 'english', '207'),
    ],
    [
      lesson('09:25', 'algebra', '214', 'Prepare for the test', 'Готовиться к контрольной'),
      lesson('10:30', 'history', '301'),
      lesson('11:25', 'sport', 'A'),
    ],
    [],
  ],
  marks: [
    {subject: 'algebra', marks: [4, 5, 3, 5]},
    {subject: 'russian', marks: [5, 4, 5]},
    {subject: 'physics', marks: [3, 4]},
    {subject: 'history', marks: [5]},
  ],
};

const misha: Child = {
  id: 'misha',
  name: {en: 'Misha', ru: 'Миша'},
  form: '2A',
  teacher: {en: 'Irina Volkova', ru: 'Ирина Викторовна'},
  week: [
    [lesson('08:30', 'reading', '12'), lesson('09:25', 'nature', '12')],
    [lesson('08:30', 'reading', '12', 'Read page 40', 'Прочитать с. 40')],
    [lesson('08:30', 'nature', '12'), lesson('09:25', 'sport', 'B')],
    [lesson('08:30', 'reading', '12')],
    [],
  ],
  marks: [],
};

const announcements: Announcement[] = [
  {
    id: 'meeting',
    day: '2026-03-12',
    title: {en: 'Parents’ meeting', ru: 'Родительское собрание'},
    text: {
      en: 'Thursday at 18:30 in room 214: the end of term and the trip in May.',
      ru: 'В четверг в 18:30 в кабинете 214: итоги четверти и поездка в мае.',
    },
  },
  {
    id: 'fair',
    day: '2026-03-10',
    title: {en: 'Book fair', ru: 'Книжная ярмарка'},
    text: {
      en: 'Bring a book that you have read and take one that you have not.',
      ru: 'Принесите прочитанную книгу и возьмите новую.',
    },
  },
  {
    id: 'friday',
    day: '2026-03-09',
    title: {en: 'No lessons on Friday', ru: 'В пятницу уроков нет'},
    text: {
      en: 'The school is closed: the heating is being repaired.',
      ru: 'Школа закрыта: ремонтируют отопление.',
    },
  },
];

const answerMs = 200;

/// Everything that the diary shows.
export async function loadSchool(): Promise<School> {
  await new Promise(resolve => setTimeout(resolve, answerMs));
  return {children: [anna, misha], announcements};
}

export function average(marks: number[]): number {
  return marks.reduce((sum, mark) => sum + mark, 0) / marks.length;
}
