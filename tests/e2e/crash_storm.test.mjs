// Goal: whatever is killed and when, nothing that was acknowledged is lost, nothing is done twice,
// and the money adds up. Method: one data folder under load by three programs, a host whose
// mini-app pays, the partner API, and the sender of events, each ended by SIGKILL again and again
// at moments of chance; then all sides are compared. KIOSK_STORM_KILLS says how many kills.

import {createLocalJWKSet, jwtVerify} from 'jose';
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {randomInt, randomUUID} from 'node:crypto';
import {once} from 'node:events';
import {createServer} from 'node:http';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {after, before, test} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';

import * as support from '../support/kiosk.mjs';
import * as partnerSide from '../support/partner.mjs';

const {kiosk, kioskProgram, slowness, temporaryFolder, writeApp, writeSteps} = support;
const {clientOfTheGuide, demoPartner, orderToken, startTool, waitMsMax} = partnerSide;

const kills = Number(process.env.KIOSK_STORM_KILLS ?? 210);
// What is sanitized serves so late that it is killed before it did anything.
const skip = slowness > 1 && 'its moments are those of a plain build';
// The gate allows an app ten payments a minute in one session, and a user sixty sheets a day.
const ordersOfOneHost = 8, livesOfOneApp = 7, ordersOfOneApp = 30;
const stormMsMax = 240_000;

// Pays the order that is typed in and says how it went: what it prints was acknowledged to it.
const code = `
  const order = document.createElement('input');
  order.setAttribute('aria-label', 'Order');
  const pay = document.createElement('button');
  pay.textContent = 'Pay';
  const said = document.createElement('p');
  document.body.append(order, pay, said);
  pay.addEventListener('click', async () => {
    const [id, orderToken] = order.value.split(' ');
    try {
      const {status, paymentId} = await kiosk.payments.request({orderToken}, {idempotencyKey: id});
      console.log(JSON.stringify({id, status, paymentId}));
    } catch (error) {
      console.log(JSON.stringify({id, refused: error.code}));
    }
    said.textContent = 'answered ' + id + '.';
  });`;
const makeApp = name => writeApp(code, {
  more: {
    app_id: `org.example.${name}`,
    req_permissions: [{name: 'payments.charge', reason: 'To pay', purpose: 'orders'}],
    payments: {merchant_id: 'post', methods: ['wallet'], currencies: ['RUB'], max_amount: 100000},
  },
});

const data = join(temporaryFolder(), 'data');
const acknowledged = {
  paid: new Map(),
  registered: new Set(),
  cancelled: new Set(),
  refunds: []
};
const apps = new Map();     // folders by name
const arrived = new Map();  // types by order, the first time each event came
const seen = new Set();
const appsAskedAgain = 4;
const merchants = ['A', 'B'], servers = [];
let guide, partner, receiver, killed = 0;

let stopAfter = Date.now() + stormMsMax;
const goesOn = () => (killed < kills || stopAfter === Infinity) && Date.now() < stopAfter;

/// One life of a program: ended by SIGKILL after a moment of chance, or by itself.
async function live(args, msMax, onLine) {
  const child = spawn(kioskProgram, args, {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {...process.env, XDG_DATA_HOME: temporaryHome},
  });
  const ended = once(child, 'exit');
  createInterface({input: child.stdout}).on('line', onLine);
  const timer = setTimeout(() => child.kill('SIGKILL'), randomInt(5, msMax));
  const [, signal] = await ended;
  clearTimeout(timer);
  if (signal === 'SIGKILL') ++killed;
}
const temporaryHome = temporaryFolder();

const payment = /^\{"id":/;
function heardPayment(line) {
  const event = JSON.parse(line);
  const text = event.event === 'log' ? event.text : '';
  if (!payment.test(text)) return;
  const {id, status, paymentId, refused} = JSON.parse(text);
  assert.equal(refused, undefined, `${id}: ${refused}`);
  assert.equal(status, 'paid');
  const known = acknowledged.paid.get(id) ?? paymentId;
  assert.equal(known, paymentId, `${id} was paid twice`);
  acknowledged.paid.set(id, paymentId);
}

/// The arguments of a host in which `app` pays the orders `ids`.
const paying = (app, ids) =>
    ['run', app, '--data', data, '--grant', 'all', '--events', '--steps',
     writeSteps(ids.flatMap(
         id =>
             [{type: `${id} ${tokenOf(id)}`, into: 'Order'},
              {tap: 'Pay'},
              {expect: `answered ${id}.`},
]))];
const tokens = new Map();  // one for each order: another would be another request under its key
function tokenOf(id) {
  if (!tokens.has(id)) tokens.set(id, orderToken(guide, partner, id, amountOf(id)));
  return tokens.get(id);
}
const amountOf = id => 1000 + Number(id.split('-')[1]) % 7;

async function payingHost() {
  for (let life = 0; goesOn(); ++life) {
    const name = `pay${Math.floor(life / livesOfOneApp)}`;
    if (life % livesOfOneApp === 0) apps.set(name, makeApp(name));
    const ids = Array.from({length: ordersOfOneHost}, () => `${name}-${randomInt(ordersOfOneApp)}`);
    await live(paying(apps.get(name), [...new Set(ids)]), 1500, heardPayment);
  }
}
async function api() {
  while (goesOn()) {
    await live(
        ['serve-api', '--data', data, '--port', '0', '--allow-insecure-webhooks'], 500, line => {
          const said = /^partner API on (http:\S+)$/.exec(line);
          if (said !== null) partner.base = said[1];
        });
  }
}
async function sender() {
  while (goesOn())
    await live(['send-events', '--data', data, '--allow-insecure-webhooks'], 500, () => {});
}

/// Asks until the API answers, under one idempotency key; undefined once the storm is over.
async function insist(method, path, body) {
  const idempotencyKey = randomUUID();
  for (; goesOn(); await sleep(10)) {
    try {
      const answer = await guide.call(partner, method, path, {body, idempotencyKey});
      const json = await answer.json();
      if (answer.status < 300) return json;
      if (![409, 429, 503].includes(answer.status) || json.code === 'duplicate_order')
        return {refused: json.code};
    } catch { /* nobody listens there at the moment */
    }
  }
  return undefined;
}

async function merchant(name) {
  for (let i = 0; goesOn(); ++i) {
    const id = `${name}${i}`;
    const orderOf = orderToken(guide, partner, id, 1000);
    if ((await insist('POST', '/v1/orders', {orderToken: orderOf}))?.orderId === id)
      acknowledged.registered.add(id);
    if (i % 2 === 0) {
      const order = await insist('POST', `/v1/orders/${id}/cancel`, {});
      if (order?.state === 'cancelled') acknowledged.cancelled.add(id);
    }
    const paid = [...acknowledged.paid.keys()];
    if (paid.length === 0) continue;
    const paidId = paid[randomInt(paid.length)];
    const refund = await insist('POST', `/v1/orders/${paidId}/refunds`, {amountMinor: 10});
    if (refund?.refundId !== undefined) acknowledged.refunds.push({...refund, orderId: paidId});
  }
}

before(async () => {
  guide = await clientOfTheGuide();
  const seeded = await kiosk(
      ['run', makeApp('first'), '--data', data, '--steps', writeSteps([{expect: 'Pay'}])]);
  assert.equal(seeded.code, 0, seeded.stderr);
  partner = demoPartner(guide, 'http://127.0.0.1:1');
  receiver = createServer(async (request, response) => {
    let body = '';
    for await (const bytes of request) body += bytes;
    const {jti, sub, events} = JSON.parse(Buffer.from(body.split('.')[1], 'base64url'));
    if (!seen.has(jti)) {
      seen.add(jti);
      arrived.set(sub, [...arrived.get(sub) ?? [], {jti, type: Object.keys(events)[0]}]);
    }
    response.writeHead(202).end();
  });
  await new Promise(resolve => receiver.listen(0, '127.0.0.1', resolve));
});

after(() => {
  for (const {child} of servers) child.kill('SIGKILL');
  receiver.close();
});

test('storm: hosts, API and sender are killed while they work', {skip}, async t => {
  const asked = insist('PUT', '/v1/webhook', {url: `http://127.0.0.1:${receiver.address().port}/`});
  const workers = [payingHost(), api(), sender(), ...merchants.map(merchant), asked];
  await Promise.all(workers).catch(error => {
    stopAfter = 0;
    throw error;
  });
  t.diagnostic(
      `${killed} kills; ${acknowledged.paid.size} payments, ` +
      `${acknowledged.registered.size} orders, ${acknowledged.refunds.length} refunds`);
  assert.ok(killed >= kills, `only ${killed} kills in ${stormMsMax} ms`);
  for (const [what, {size}] of Object.entries(
           {...acknowledged, refunds: {size: acknowledged.refunds.length}}))
    assert.ok(size > 0, `nothing was ${what}`);
});

/// All of a listing of the API.
async function all(path, cursor) {
  const items = [];
  for (let next;;) {
    const page =
        await insist('GET', `${path}?limit=100${next === undefined ? '' : `&${cursor}=${next}`}`);
    items.push(...page.items);
    next = page.next;
    if (next === undefined || next === null) return items;
  }
}

test('storm: afterwards all sides agree, and each thing happened once', {skip}, async t => {
  assert.ok(killed >= kills, 'the storm has passed');
  stopAfter = Infinity;
  const served = await startTool(
      ['serve-api', '--data', data, '--port', '0', '--allow-insecure-webhooks'],
      /^partner API on (http:\S+)$/m);
  const sending = await startTool(
      ['send-events', '--data', data, '--allow-insecure-webhooks'], /^sending events of/m);
  servers.push(served, sending);
  partner.base = served.said[1];
  // An app that was killed with its host asks again under the same keys.
  for (const [name, app] of [...apps].slice(0, appsAskedAgain)) {
    const ids = [...acknowledged.paid.keys()].filter(id => id.startsWith(`${name}-`));
    if (ids.length === 0) continue;
    const again = await kiosk(paying(app, ids.slice(0, ordersOfOneHost)));
    assert.equal(again.code, 0, again.stdout + again.stderr);
    again.stdout.split('\n').filter(line => line !== '').forEach(heardPayment);
  }

  const books = await kiosk(['ledger', 'verify', '--data', data, '--json']);
  assert.equal(books.code, 0, books.stdout + books.stderr);
  assert.equal(JSON.parse(books.stdout).sound, true);

  const jwks =
      createLocalJWKSet(await (await fetch(`${partner.base}/.well-known/jwks.json`)).json());
  const orders = new Map((await all('/v1/orders', 'before')).map(order => [order.orderId, order]));
  for (const [id, paymentId] of acknowledged.paid) {
    const order = await insist('GET', `/v1/orders/${id}`);
    assert.ok(['captured', 'refunded'].includes(order.state), `${id} is ${order.state}`);
    const {payload} = await jwtVerify(order.receipt, jwks);
    assert.equal(payload.paymentId, paymentId);
    assert.equal(payload.amountMinor, amountOf(id));
  }
  for (const id of acknowledged.registered) assert.ok(orders.has(id), `${id} is lost`);
  for (const id of acknowledged.cancelled) assert.equal(orders.get(id).state, 'cancelled');
  const refunds = new Map();
  for (const id of new Set(acknowledged.refunds.map(({orderId}) => orderId))) {
    for (const refund of (await insist('GET', `/v1/orders/${id}/refunds`)).items)
      refunds.set(refund.refundId, refund);
  }
  for (const {refundId} of acknowledged.refunds) assert.ok(refunds.has(refundId));
  const unheard = refunds.size - acknowledged.refunds.length;
  assert.ok(unheard >= 0 && unheard <= merchants.length, `${unheard} refunds too many`);

  let events;
  for (const end = Date.now() + waitMsMax; Date.now() < end; await sleep(100)) {
    events = await all('/v1/events', 'after');
    if (events.every(({state}) => state === 'delivered')) break;
    for (const {id, state} of events) {
      if (state === 'waiting') await insist('POST', `/v1/events/${id}/replay`, {});
    }
  }
  const told = new Map();
  for (const {id, subject, state} of events) {
    assert.equal(state, 'delivered');
    told.set(subject, [...told.get(subject) ?? [], id]);
  }
  assert.deepEqual(
      new Map([...arrived].map(([sub, list]) => [sub, list.map(({jti}) => jti)])), told);
  t.diagnostic(`${orders.size} orders, ${refunds.size} refunds, ${events.length} events agree`);
  for (const {child, ended} of [served, sending]) {
    child.kill('SIGTERM');
    assert.deepEqual(await ended, {code: 0, signal: null});
  }
});
