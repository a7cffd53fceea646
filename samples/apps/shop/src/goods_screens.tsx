// The shelf and the cart.

import {useState} from 'preact/hooks';

import {bringReceipt, type Cart, type Good, makeOrder} from './server';
import {errorText, type Shared} from './shared';
import {Subscription} from './subscription';
import {moneyText} from './texts';

interface ShelfProps extends Shared {
  goods: Good[];
  currency: string;
  cart: Cart;
  change: (id: string, by: number) => void;
}

export function GoodsScreen({texts, language, goods, currency, change}: ShelfProps) {
  return (
    <div>
      <h2>{texts.goods}</h2>
      <ul>
        {goods.map(({id, title, amountMinor}) => (
          <li key={id}>
            <p>{`${title[language]}, ${moneyText(amountMinor, currency, language)}`}</p>
            <button onClick={() => change(id, 1)}>{texts.add(title[language])}</button>
          </li>
        ))}
      </ul>
      <Subscription texts={texts} language={language} />
    </div>
  );
}

/// `bought` is called when the order was paid, or is on record as not paid yet.
export function CartScreen(props: ShelfProps & {bought: (words: string) => void}) {
  const {texts, language, goods, currency, cart, change, bought} = props;
  const [words, setWords] = useState('');
  const [busy, setBusy] = useState(false);
  const taken = goods.filter(({id}) => (cart[id] ?? 0) > 0);
  const total = taken.reduce((sum, {id, amountMinor}) => sum + amountMinor * (cart[id] ?? 0), 0);

  const buy = async () => {
    if (busy) return;
    setBusy(true);
    setWords(texts.working);
    try {
      const order = await makeOrder();
      bought(await pay(order.id, order.orderToken ?? ''));
    } catch (error) {
      setWords(errorText(error, texts));
    }
    setBusy(false);
  };
  const pay = async (id: string, orderToken: string) => {
    try {
      // The order's own id makes a retry safe: the host answers with the first outcome.
      const {status, receipt} =
          await kiosk.payments.request({orderToken}, {idempotencyKey: id});
      if (receipt !== undefined) await bringReceipt(id, receipt.token);
      return status === 'paid' ? texts.paid : texts.otherError(status);
    } catch (error) {
      return errorText(error, texts);
    }
  };
  if (taken.length === 0) return <p>{words === '' ? texts.emptyCart : words}</p>;
  return (
    <div>
      <ul>
        {taken.map(({id, title}) => (
          <li key={id}>
            <p>{`${title[language]} × ${cart[id]}`}</p>
            <button onClick={() => change(id, -1)}>{texts.remove(title[language])}</button>
          </li>
        ))}
      </ul>
      <p>{texts.total(moneyText(total, currency, language))}</p>
      {!busy && <button onClick={buy}>{texts.order}</button>}
      {words !== '' && <p role="status">{words}</p>}
    </div>
  );
}
