// What was ordered, with receipts, and what can be given back.

import {useEffect, useState} from 'preact/hooks';

import {giveBack, loadOrders, type Order} from './server';
import {errorText, type Shared} from './shared';
import {moneyText} from './texts';

export function OrdersScreen({texts, language, said}: Shared & {said: string}) {
  const [orders, setOrders] = useState<Order[] | null>(null);
  const [words, setWords] = useState(said);
  const load = () => {
    loadOrders().then(
        ({orders: loaded}) => setOrders(loaded), error => setWords(errorText(error, texts)));
  };
  useEffect(load, []);

  const refund = async (id: string) => {
    try {
      await giveBack(id);
      setWords(texts.givenBack);
      load();
    } catch (error) {
      setWords(errorText(error, texts));
    }
  };
  return (
    <div>
      <h2>{texts.orders}</h2>
      {words !== '' && <p role="status">{words}</p>}
      {orders === null && words === '' && <p>{texts.working}</p>}
      {orders?.length === 0 && <p>{texts.noOrders}</p>}
      <ul>
        {(orders ?? []).map(order => (
          <li key={order.id}>
            <p>{order.lines.map(line => `${line.title} × ${line.quantity}`).join(', ')}</p>
            <p>{`${moneyText(order.amountMinor, order.currency, language)}: ` +
                (texts.states[order.state] ?? order.state)}</p>
            {order.receipt !== '' && <p>{texts.receipt(order.receipt)}</p>}
            {order.state === 'captured' && (
              <button onClick={() => refund(order.id)}>{texts.giveBack}</button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
