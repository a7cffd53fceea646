// The app: logs in at the shop's server, then shows shelf, cart or orders.

import {render} from 'preact';
import {useEffect, useState} from 'preact/hooks';

import {CartScreen, GoodsScreen} from './goods_screens';
import {OrdersScreen} from './orders_screen';
import {type Cart, type Good, keepCart, loadCart, loadGoods, openSession} from './server';
import {errorText, type Shared} from './shared';
import {textsFor} from './texts';

type Screen = 'goods' | 'cart' | 'orders';

function App(shared: Shared) {
  const {texts} = shared;
  const [shelf, setShelf] = useState<{currency: string; goods: Good[]} | null>(null);
  const [cart, setCart] = useState<Cart>({});
  const [screen, setScreen] = useState<Screen>('goods');
  const [words, setWords] = useState(texts.working);
  const [said, setSaid] = useState('');

  const start = async () => {
    setWords(texts.working);
    try {
      await openSession();
      setCart((await loadCart()).items);
      setShelf(await loadGoods());
      setWords('');
    } catch (error) {
      setWords(errorText(error, texts));
    }
  };
  useEffect(() => void start(), []);

  const change = async (id: string, by: number) => {
    const next = {...cart, [id]: Math.max(0, (cart[id] ?? 0) + by)};
    setCart(next);
    try {
      await keepCart(next);
      setWords('');
    } catch (error) {
      setCart(cart);
      setWords(errorText(error, texts));
    }
  };
  const bought = (outcome: string) => {
    setCart({});
    setSaid(outcome);
    setScreen('orders');
  };
  const go = (to: Screen) => () => {
    setSaid('');
    setScreen(to);
  };
  if (shelf === null) {
    return (
      <div>
        <h1>{texts.title}</h1>
        <p role="status">{words}</p>
        {words !== texts.working && <button onClick={start}>{texts.again}</button>}
      </div>
    );
  }
  const shown = {...shared, ...shelf, cart, change};
  const count = Object.values(cart).reduce((sum, one) => sum + one, 0);
  return (
    <div>
      <h1>{texts.title}</h1>
      <button onClick={go('goods')}>{texts.goods}</button>
      <button onClick={go('cart')}>{texts.cart(count)}</button>
      <button onClick={go('orders')}>{texts.orders}</button>
      {words !== '' && <p role="alert">{words}</p>}
      {screen === 'goods' && <GoodsScreen {...shown} />}
      {screen === 'cart' && <CartScreen {...shown} bought={bought} />}
      {screen === 'orders' && <OrdersScreen key={said} {...shared} said={said} />}
    </div>
  );
}

const shared = textsFor(kiosk.language ?? 'en');
const noServer = <p>{shared.texts.noServer}</p>;
render(SHOP_ORIGIN === '' ? noServer : <App {...shared} />, document.body);
