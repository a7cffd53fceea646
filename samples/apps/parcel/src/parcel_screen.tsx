// One parcel: where it has been, and what can be done about it.

import {useState} from 'preact/hooks';

import {errorText} from './errors';
import {customsOrder, lastEvent, type Order, type Parcel} from './parcels';
import {type Language, moneyText, type Texts, timeText} from './texts';

interface ParcelProps {
  texts: Texts;
  language: Language;
  parcel: Parcel;
}

export function ParcelScreen({back, ...props}: ParcelProps & {back: () => void}) {
  const {texts, language, parcel} = props;
  const order = customsOrder(parcel);
  return (
    <div>
      <h1>{parcel.number}</h1>
      <p>{`${texts.from}: ${parcel.from[language]}`}</p>
      <p>{`${texts.to}: ${parcel.to[language]}`}</p>
      <p>{texts.weight(parcel.weightGrams)}</p>
      <ul>
        {parcel.events.map(({at, what, where}) => (
          <li key={at}>{`${timeText(at)} ${texts.events[what]}, ${where[language]}`}</li>
        ))}
      </ul>
      {order !== undefined && <CustomsFee texts={texts} language={language} order={order} />}
      <ShareStatus {...props} />
      <AskForHelp {...props} />
      <button onClick={back}>{texts.back}</button>
    </div>
  );
}

/// A button that asks the host for something and then shows what came of it.
interface AskProps {
  label: string;
  texts: Texts;
  again: boolean;  ///< whether it may be asked once more after it was done
  ask: () => Promise<string>;
}
function Ask({label, texts, again, ask}: AskProps) {
  const [state, setState] = useState<'idle' | 'busy' | 'done'>('idle');
  const [outcome, setOutcome] = useState<string | null>(null);
  const start = async () => {
    if (state === 'busy') return;
    setState('busy');
    try {
      setOutcome(await ask());
      setState(again ? 'idle' : 'done');
    } catch (error) {
      setOutcome(errorText(error, texts));
      setState('idle');
    }
  };
  return (
    <div>
      {state === 'idle' && <button onClick={start}>{label}</button>}
      {state === 'busy' ? <p>{texts.working}</p> : outcome !== null && <p>{outcome}</p>}
    </div>
  );
}

function CustomsFee({texts, language, order}: {texts: Texts; language: Language; order: Order}) {
  const amount = moneyText(order.amountMinor, order.currency, language);
  const pay = async () => {
    // The order's own id makes a retry safe: the host answers with the first outcome.
    const {status, paymentId, receipt} =
        await kiosk.payments.request({orderToken: order.token}, {idempotencyKey: order.id});
    if (status !== 'paid') return texts.otherError(status);
    // A real app hands the receipt to its server, which checks the host's signature.
    console.info(`receipt ${JSON.stringify(receipt)}`);
    return `${texts.paid(amount)} ${texts.receipt(paymentId)}`;
  };
  return (
    <div>
      <p>{texts.fee(amount)}</p>
      <Ask label={texts.pay} texts={texts} again={false} ask={pay} />
    </div>
  );
}

function ShareStatus({texts, language, parcel}: ParcelProps) {
  const share = async () => {
    const {what, where} = lastEvent(parcel);
    const text = texts.shareText(parcel.number, texts.events[what], where[language]);
    const {status} = await kiosk.messages.share({text});
    return status === 'shared' ? texts.shared : texts.notShared;
  };
  return <Ask label={texts.share} texts={texts} again={true} ask={share} />;
}

function AskForHelp({texts, language, parcel}: ParcelProps) {
  const askForHelp = async () => {
    const {what, where} = lastEvent(parcel);
    const {ticketId} = await kiosk.support.open({
      topic: texts.helpTopic,
      reference: parcel.number,
      context: `${texts.events[what]}, ${where[language]}`,
    });
    return texts.ticket(ticketId);
  };
  return <Ask label={texts.help} texts={texts} again={false} ask={askForHelp} />;
}
