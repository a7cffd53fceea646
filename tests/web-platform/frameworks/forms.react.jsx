import React from 'react';
import { createRoot } from 'react-dom/client';

const Late = React.lazy(() => Promise.resolve({ default: () => <p>lazy came</p> }));
const promised = new Promise((resolve) => setTimeout(resolve, 5, 'data came'));
function Data() {
  return <p>{React.use(promised)}</p>;
}

function App() {
  const [agreed, setAgreed] = React.useState(false);
  const [stuck] = React.useState(true);
  const [reason, setReason] = React.useState('ill');
  const [child, setChild] = React.useState('b');
  const [note, setNote] = React.useState('start');
  const [digits, setDigits] = React.useState('');
  const [sent, setSent] = React.useState('nothing');
  const [heard, setHeard] = React.useState('');
  const hear = (name) => (event) => setHeard((before) => `${before}${name}${event.target.localName};`);
  const submit = (event) => {
    event.preventDefault();
    setSent(`${agreed} ${reason} ${child} ${note} ${digits}`);
  };
  return (
    <form onSubmit={submit} onClick={hear('click ')}>
      <input
        type="checkbox"
        aria-label="Agree"
        checked={agreed}
        onChange={(event) => setAgreed(event.target.checked)}
      />
      <input type="checkbox" aria-label="Stuck" checked={stuck} onChange={() => {}} />
      {['ill', 'family'].map((name) => (
        <input
          key={name}
          type="radio"
          name="reason"
          value={name}
          aria-label={name}
          checked={reason === name}
          onChange={(event) => setReason(event.target.value)}
        />
      ))}
      <select aria-label="Child" value={child} onChange={(event) => setChild(event.target.value)}>
        <option value="a">Anna</option>
        <option value="b">Boris</option>
        <option value="c">Vera</option>
      </select>
      <textarea aria-label="Note" value={note} onChange={(event) => setNote(event.target.value)} />
      <input
        aria-label="Digits"
        value={digits}
        onChange={(event) => setDigits(event.target.value.replace(/\D/g, ''))}
      />
      <button>Send</button>
      <p>{`now ${agreed} ${reason} ${child} ${note} ${digits}`}</p>
      <p>{`sent ${sent}`}</p>
      <p>{`heard ${heard}`}</p>
      <React.Suspense fallback={<p>waiting</p>}>
        <Late />
        <Data />
      </React.Suspense>
    </form>
  );
}
createRoot(document.body).render(<App />);
