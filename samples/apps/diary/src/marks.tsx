// The marks of the term, by subject.

import {average, type Child, subjects} from './school';
import type {Language, Texts} from './texts';

const best = 5;

export function Marks({child, texts, language}: {child: Child; texts: Texts; language: Language}) {
  if (child.marks.length === 0) return <p>{texts.noMarks}</p>;
  return (
    <section>
      {child.marks.map(({subject, marks}) => {
        const name = subjects[subject][language];
        const mean = average(marks);
        return (
          <card key={subject} title={name}>
            <row gap="small">
              {marks.map((mark, index) => (
                <badge key={index} tone={mark >= 4 ? 'positive' : 'warning'}>{mark}</badge>
              ))}
              <small>{texts.average(mean.toFixed(1))}</small>
            </row>
            <progress aria-label={texts.averageOf(name)} value={mean} max={best} />
          </card>
        );
      })}
    </section>
  );
}
