// The note to the teacher. The user signs it, sees it, and picks the chat; the app learns neither
// who the teacher is among the user's contacts nor which chat it was.

import {type FormEvent, useState} from 'react';

import {Ask, share} from './ask';
import type {Child} from './school';
import {errorText, type Language, type Reason, type Texts} from './texts';

const daysMax = 14;
const reasons: Reason[] = ['ill', 'family', 'other'];

interface AbsenceProps {
  child: Child;
  texts: Texts;
  language: Language;
}

export function Absence({child, texts, language}: AbsenceProps) {
  const [day, setDay] = useState('');
  const [days, setDays] = useState(1);
  const [reason, setReason] = useState<Reason>('ill');
  const [comment, setComment] = useState('');
  const [certificate, setCertificate] = useState(false);
  const [signature, setSignature] = useState('');
  const [problem, setProblem] = useState('');
  const [note, setNote] = useState('');

  const write = (event: FormEvent) => {
    event.preventDefault();
    setNote('');
    if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day))) {
      setProblem(texts.dateWrong);
    } else if (signature.trim() === '') {
      setProblem(texts.signatureMissing);
    } else {
      setProblem('');
      const lines = [
        texts.note(child.name[language], child.form, day, days, texts.reasons[reason]),
        comment.trim(),
        certificate ? `${texts.certificate}.` : '',
        signature.trim(),
      ];
      setNote(lines.filter(line => line !== '').join('\n'));
    }
  };
  if (note !== '') return <Written note={note} texts={texts} />;
  return (
    <form onSubmit={write}>
      <input type="date" aria-label={texts.from} placeholder="2026-03-12" value={day}
             onChange={event => setDay(event.target.value)} />
      <select aria-label={texts.dayCount} value={String(days)}
              onChange={event => setDays(Number(event.target.value))}>
        {Array.from({length: daysMax}, (_, index) => (
          <option key={index} value={index + 1}>{index + 1}</option>
        ))}
      </select>
      <h3>{texts.reason}</h3>
      {reasons.map(name => (
        <input key={name} type="radio" name="reason" value={name} aria-label={texts.reasons[name]}
               checked={reason === name} onChange={() => setReason(name)} />
      ))}
      <textarea aria-label={texts.comment} placeholder={texts.commentHint} maxLength={500}
                value={comment} onChange={event => setComment(event.target.value)} />
      <input type="checkbox" aria-label={texts.certificate} checked={certificate}
             onChange={event => setCertificate(event.target.checked)} />
      <Signature texts={texts} value={signature} change={setSignature} />
      {problem !== '' && <p role="alert">{problem}</p>}
      <button>{texts.send}</button>
    </form>
  );
}

function Written({note, texts}: {note: string; texts: Texts}) {
  return (
    <section>
      <card>
        {note.split('\n').map((line, index) => <p key={index}>{line}</p>)}
      </card>
      <p>{texts.chooseTeacher}</p>
      <Ask label={texts.send} texts={texts} ask={() => share(note, texts.sent, texts)} />
    </section>
  );
}

interface SignatureProps {
  texts: Texts;
  value: string;
  change: (value: string) => void;
}

function Signature({texts, value, change}: SignatureProps) {
  const [outcome, setOutcome] = useState('');
  const sign = async () => {
    try {
      const {firstName, lastName} = await kiosk.identity.userinfo({});
      const name = [firstName, lastName].filter(Boolean).join(' ');
      change(name);
      setOutcome(texts.signed(name));
    } catch (error) {
      setOutcome(errorText(error, texts));
    }
  };
  return (
    <div>
      <input aria-label={texts.signature} value={value}
             onChange={event => change(event.target.value)} />
      <button type="button" onClick={sign}>{texts.sign}</button>
      {outcome !== '' && <p aria-live="polite">{outcome}</p>}
    </div>
  );
}
