// The shop: goods, a cart for each user, orders. It lives in memory; a real one has a database.

import {randomBytes, randomUUID} from 'node:crypto';
import {readFileSync} from 'node:fs';

import {call, jws} from '../partner.mjs';

import {HostTrust} from './host_trust.mjs';
import {readObject, readText, Refusal, serve} from './http.mjs';

const goods = JSON.parse(readFileSync(new URL('goods.json', import.meta.url), 'utf8'));
const currency = 'RUB';
const quantityMax = 20;
const orderSeconds = 3600;
const monthlyBox = {planId: 'monthly-box', title: 'A box of goods', amountMinor: 150_000};
const sessionMs = 3_600_000;
const sessionsMax = 1000;
const eventsRememberedMax = 10_000;

/// Lines of an order by a cart, {tea: 2}.
function linesOf(cart) {
  return goods.filter(({id}) => cart[id] > 0).map(({id, title, amountMinor}) => ({
    title: title.en,
    quantity: cart[id],
    amountMinor: amountMinor * cart[id],
  }));
}

function checkedCart(items) {
  const cart = {};
  for (const [id, count] of Object.entries(items ?? {})) {
    const known = goods.some(one => one.id === id);
    if (!known || !Number.isInteger(count) || count < 0 || count > quantityMax) {
      throw new Refusal(400, 'there are no such goods, or not so many');
    }
    if (count > 0) cart[id] = count;
  }
  return cart;
}

export class Shop {
  #partner;
  #appId;
  #trust;
  #sessions = new Map();  // token → {user, endsAt}
  #carts = new Map();     // user → {id: count}
  #orders = new Map();    // order's id → {user, lines, amountMinor, state …}
  #heard = new Set();     // jti of events

  /// `partner` as partner.mjs has it: {base, merchantId, kid, key}.
  constructor(partner, appId) {
    this.#partner = partner;
    this.#appId = appId;
    this.#trust = new HostTrust(partner.base);
  }

  /// Serves the app and the host's events; resolves to {url, close}.
  serve(port) {
    const asUser = handle => async (request, found) =>
        handle(this.#userOf(request), await readObject(request), found);
    return serve({
      'POST /session': async request => this.#open(await readObject(request)),
      'GET /goods': () => ({currency, goods}),
      'GET /cart': asUser(user => ({items: this.#carts.get(user) ?? {}})),
      'PUT /cart': asUser((user, {items}) => this.#keepCart(user, items)),
      'POST /orders': asUser(user => this.#order(user)),
      'POST /plan': asUser(() => ({planToken: this.#plan()})),
      'GET /orders': asUser(user => this.#ordersOf(user)),
      'GET /orders/:id': asUser((user, body, {id}) => this.#shown(this.#find(user, id))),
      'POST /orders/:id/receipt':
          asUser((user, {receipt}, {id}) => this.#paid(this.#find(user, id), receipt)),
      'POST /orders/:id/refund': asUser((user, body, {id}) => this.#refund(this.#find(user, id))),
      'POST /events': async request => this.#hear(await readText(request)),
    }, port);
  }

  /// Waits until the host has told `count` events, at most `msMax`; whether it has.
  async heard(count, msMax) {
    for (const end = Date.now() + msMax; this.#heard.size < count && Date.now() < end;) {
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    return this.#heard.size >= count;
  }

  /// Tells the host where its events go.
  async subscribe(url) {
    await this.#ask('PUT', '/v1/webhook', {url: `${url}/events`});
  }

  async #open({launchData}) {
    const user = await this.#trust.userOf(this.#appId, launchData);
    const now = Date.now();
    for (const [token, {endsAt}] of this.#sessions) {
      if (endsAt < now || this.#sessions.size >= sessionsMax) this.#sessions.delete(token);
    }
    const token = randomBytes(24).toString('base64url');
    this.#sessions.set(token, {user, endsAt: now + sessionMs});
    return {token};
  }

  #userOf(request) {
    const [, token] = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '') ?? [];
    const session = this.#sessions.get(token);
    if (session === undefined || session.endsAt < Date.now()) {
      throw new Refusal(401, 'log in with the launch data first');
    }
    return session.user;
  }

  #keepCart(user, items) {
    const cart = checkedCart(items);
    this.#carts.set(user, cart);
    return {items: cart};
  }

  async #order(user) {
    const lines = linesOf(this.#carts.get(user) ?? {});
    if (lines.length === 0) throw new Refusal(409, 'the cart is empty');
    const amountMinor = lines.reduce((sum, line) => sum + line.amountMinor, 0);
    const id = `shop-${randomUUID()}`;
    const token = jws(this.#partner, 'kiosk-order+jwt', {
      merchantId: this.#partner.merchantId,
      orderId: id,
      amountMinor,
      currency,
      items: lines,
      exp: Math.floor(Date.now() / 1000) + orderSeconds,
      nonce: randomUUID(),
    });
    await this.#ask('POST', '/v1/orders', {orderToken: token});
    const order = {id, user, lines, amountMinor, state: 'created', at: Date.now(), receipt: ''};
    this.#orders.set(id, order);
    this.#carts.delete(user);
    return {...this.#shown(order), orderToken: token};
  }

  /// What the user may subscribe to; the host charges it and tells the shop as of any order.
  #plan() {
    return jws(this.#partner, 'kiosk-plan+jwt', {
      merchantId: this.#partner.merchantId,
      ...monthlyBox,
      currency,
      period: {unit: 'months', count: 1},
      exp: Math.floor(Date.now() / 1000) + orderSeconds,
      nonce: randomUUID(),
    });
  }

  #find(user, id) {
    const order = this.#orders.get(id);
    if (order === undefined || order.user !== user) throw new Refusal(404, 'no such order');
    return order;
  }

  #ordersOf(user) {
    const own = [...this.#orders.values()].filter(order => order.user === user);
    return {orders: own.reverse().map(order => this.#shown(order))};
  }

  #shown({id, lines, amountMinor, state, at, receipt}) {
    return {id, lines, amountMinor, currency, state, at, receipt};
  }

  /// The app brings the receipt at once; the event may come later or not at all. The shop believes
  /// the host's signature, not the app.
  async #paid(order, token) {
    let receipt;
    try {
      receipt = await this.#trust.receipt(String(token));
    } catch {
      throw new Refusal(400, 'the receipt is not the host\'s');
    }
    const isThis = receipt.orderId === order.id && receipt.amountMinor === order.amountMinor &&
        receipt.merchantId === this.#partner.merchantId;
    if (!isThis) throw new Refusal(400, 'the receipt is of another order');
    order.receipt = receipt.paymentId;
    if (order.state === 'created') order.state = 'captured';
    return this.#shown(order);
  }

  async #refund(order) {
    if (order.state !== 'captured') throw new Refusal(409, 'there is nothing to give back');
    const reason = 'The customer gave it back';
    const {state} = await this.#ask(
        'POST', `/v1/orders/${order.id}/refunds`, {reason}, `refund-${order.id}`);
    order.state = state === 'succeeded' ? 'refunded' : 'refunding';
    return this.#shown(order);
  }

  async #hear(token) {
    const {jti, sub, events} = await this.#trust.event(token, this.#partner.merchantId);
    if (this.#heard.has(jti)) return undefined;
    if (this.#heard.size >= eventsRememberedMax) this.#heard.clear();
    this.#heard.add(jti);
    const order = this.#orders.get(sub);
    const [type] = Object.keys(events);
    console.log(`event ${type.replace('urn:kiosk:event:', '')} of ${sub}`);
    if (order === undefined) return undefined;
    if (type.endsWith('order.captured') && order.state === 'created') order.state = 'captured';
    if (type.endsWith('refund.succeeded')) order.state = 'refunded';
    if (type.endsWith('order.cancelled') || type.endsWith('order.expired')) order.state = 'ended';
    return undefined;
  }

  /// One signed request to the host; what it answered.
  async #ask(method, path, body, idempotencyKey) {
    const options = idempotencyKey === undefined ? {body} : {body, idempotencyKey};
    const answer = await call(this.#partner, method, path, options);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
    return text === '' ? {} : JSON.parse(text);
  }
}
