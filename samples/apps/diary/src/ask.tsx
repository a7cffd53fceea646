// A button that asks the host for something and then shows what came of it.

import {useState} from 'react';

import {errorText, type Texts} from './texts';

interface AskProps {
  label: string;
  texts: Texts;
  ask: () => Promise<string>;
}

export function Ask({label, texts, ask}: AskProps) {
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState('');
  const start = async () => {
    setBusy(true);
    setOutcome('');
    try {
      setOutcome(await ask());
    } catch (error) {
      setOutcome(errorText(error, texts));
    }
    setBusy(false);
  };
  return (
    <div>
      <button type="button" disabled={busy} onClick={start}>{busy ? texts.working : label}</button>
      {outcome !== '' && <p aria-live="polite">{outcome}</p>}
    </div>
  );
}

/// Offers a text to a chat that the user picks; the words for what came of it.
export async function share(text: string, done: string, texts: Texts): Promise<string> {
  const {status} = await kiosk.messages.share({text});
  return status === 'shared' ? done : texts.notShared;
}
