// Goods every month, on a host that has subscriptions.

import {useState} from 'preact/hooks';

import {loadPlan} from './server';
import {errorText, type Shared} from './shared';

/// Nothing on a host without `kiosk.payments.subscribe`.
export function Subscription({texts}: Shared) {
  const [words, setWords] = useState('');
  // One act, one key: a second tap after a failure asks for the same subscription.
  const [key] = useState(() => crypto.randomUUID());
  const {subscribe} = kiosk.payments;
  if (subscribe === undefined || !kiosk.supports('payments.subscribe')) return null;
  const start = async () => {
    try {
      const {planToken} = await loadPlan();
      await subscribe({planToken}, {idempotencyKey: key});
      setWords(texts.subscribed);
    } catch (error) {
      setWords(errorText(error, texts));
    }
  };
  return words === texts.subscribed ? <p role="status">{words}</p> : (
    <div>
      <button onClick={start}>{texts.subscribe}</button>
      {words !== '' && <p role="status">{words}</p>}
    </div>
  );
}
