// The lessons of one day, and its homework for the class chat.

import {useState} from 'react';

import {Ask, share} from './ask';
import {type Child, subjects} from './school';
import type {Language, Texts} from './texts';

interface TimetableProps {
  child: Child;
  texts: Texts;
  language: Language;
}

export function Timetable({child, texts, language}: TimetableProps) {
  const [day, setDay] = useState(0);
  const lessons = child.week[day] ?? [];
  const homework = lessons.filter(lesson => lesson.homework !== undefined)
                       .map(({subject, homework}) =>
                                `${subjects[subject][language]}: ${homework?.[language]}`);
  const name = texts.days[day] ?? '';
  return (
    <section>
      <select
        aria-label={texts.day}
        value={String(day)}
        onChange={event => setDay(Number(event.target.value))}
      >
        {texts.days.map((title, index) => <option key={title} value={index}>{title}</option>)}
      </select>
      {lessons.length === 0 && <p>{texts.noLessons}</p>}
      {lessons.map(({start, subject, room, homework}) => (
        <card key={start} title={`${start}  ${subjects[subject][language]}`}>
          <small>{texts.room(room)}</small>
          {homework !== undefined && <p>{texts.homework(homework[language])}</p>}
        </card>
      ))}
      {homework.length > 0 ?
        <Ask
          key={day}
          label={texts.shareDay}
          texts={texts}
          ask={() => share(texts.shareText(name, homework.join('\n')), texts.shared, texts)}
        /> :
        lessons.length > 0 && <p>{texts.noHomework}</p>}
    </section>
  );
}
