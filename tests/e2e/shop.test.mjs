// The shop's own server against a real host: what it believes and what it refuses; and the samples
// that are started by one command.

import assert from 'node:assert/strict';
import {join} from 'node:path';
import {after, before, test} from 'node:test';

import {run} from '../runner/process.mjs';
import {kiosk, kioskProgram, root, slowness, temporaryFolder, writeApp, writeSteps} from
    '../support/kiosk.mjs';
import {startTool} from '../support/partner.mjs';
import {keyOfSeed} from '../../samples/backends/partner.mjs';
import {Shop} from '../../samples/backends/shop/shop.mjs';

const minuteMs = 60_000 * slowness;
const data = join(temporaryFolder(), 'data');
let api, shop, server;

/// Runs an app of the shop's id that logs `code`'s value.
async function ask(code) {
  const more = {
    app_id: 'org.example.shop',
    opt_permissions: [{name: 'payments.charge', reason: 'To pay', purpose: 'purchase'}],
    payments: {merchant_id: 'shop', methods: ['wallet'], currencies: ['RUB']},
  };
  const app = writeApp(
      `document.body.textContent = 'here';
       console.log('told ' + JSON.stringify(await (${code})()));
       document.body.textContent = 'done';`, {more});
  const steps = writeSteps([{expect: 'done'}]);
  const result = await kiosk(['run', app, '--events', '--steps', steps, '--data', data]);
  assert.equal(result.code, 0, result.stdout + result.stderr);
  const line = result.events.find(({text}) => text?.startsWith('told '));
  return JSON.parse(line.text.slice(5));
}

before(async () => {
  await ask('() => 1');
  api = await startTool(['serve-api', '--data', data, '--port', '0', '--allow-insecure-webhooks'],
                        /^partner API on (http:\S+)$/m);
  const key = keyOfSeed(Buffer.from('kiosk-demo-merchant-shop-seed-01'));
  const partner = {base: api.said[1], merchantId: 'shop', kid: 'demo-1', key};
  shop = new Shop(partner, 'org.example.shop');
  server = await shop.serve(0);
});

after(async () => {
  await server?.close();
  api?.child.kill('SIGTERM');
  if (api) assert.deepEqual(await api.ended, {code: 0, signal: null});
});

async function request(method, path, body, token) {
  const headers = token === undefined ? {} : {authorization: `Bearer ${token}`};
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await fetch(server.url + path, {method, headers, body: text});
  const said = await answer.text();
  return {status: answer.status, body: said === '' ? undefined : JSON.parse(said)};
}

test('shop: launch data that the host signed opens a session, and nothing else does', async () => {
  const {launchData} = await ask('() => kiosk.host.launch()');
  const opened = await request('POST', '/session', {launchData});
  assert.equal(opened.status, 200);
  assert.match(opened.body.token, /^[\w-]{32}$/);
  for (const forged of [
         launchData.replace(/auth_date=\d/, 'auth_date=2'),
         launchData.replace('language_code', 'language_cude'),
         `${launchData}&auth_date=1`,
         launchData.replace(/signature=[^&]*/, `signature=${'A'.repeat(86)}`),
         '',
         'x',
       ]) {
    assert.equal((await request('POST', '/session', {launchData: forged})).status, 401, forged);
  }
  assert.equal((await request('POST', '/session', {})).status, 401);
  assert.equal((await request('GET', '/orders')).status, 401);
  assert.equal((await request('GET', '/orders', undefined, 'guess')).status, 401);
});

test('shop: a cart holds what is on the shelf, and an order is one user\'s', async () => {
  const login = async user => {
    const {launchData} = await ask('() => kiosk.host.launch()');
    return (await request('POST', '/session', {launchData})).body.token;
  };
  const anna = await login();
  for (const items of [{gold: 1}, {tea: -1}, {tea: 1.5}, {tea: 21}, {tea: '1'}, {__proto__: 1}]) {
    const text = JSON.stringify({items}).replace('{}', '{"__proto__":1}');
    assert.equal((await request('PUT', '/cart', text, anna)).status, 400, text);
  }
  assert.equal((await request('POST', '/orders', {}, anna)).status, 409);
  assert.equal((await request('PUT', '/cart', {items: {tea: 2}}, anna)).status, 200);
  const order = (await request('POST', '/orders', {}, anna)).body;
  assert.equal(order.amountMinor, 90_000);
  assert.equal(order.state, 'created');
  const refused = await request('POST', `/orders/${order.id}/receipt`, {receipt: 'a.b.c'}, anna);
  assert.equal(refused.status, 400);
  assert.equal((await request('POST', `/orders/${order.id}/refund`, {}, anna)).status, 409);
  const {planToken} = (await request('POST', '/plan', {}, anna)).body;
  const [head] = planToken.split('.').map(part => String(Buffer.from(part, 'base64url')));
  assert.equal(JSON.parse(head).typ, 'kiosk-plan+jwt');
  assert.equal((await request('GET', '/orders/shop-other', undefined, anna)).status, 404);
});

test('shop: an event that the host did not sign changes nothing', async () => {
  for (const text of ['', 'a.b.c', '{}', 'x'.repeat(1000)]) {
    assert.equal((await request('POST', '/events', text)).status, 400);
  }
  assert.equal((await request('POST', '/events', 'x'.repeat(70_000))).status, 413);
});

test('the shop by one command: goods, cart, payment, receipt, refund, events, and a clean end',
     async () => {
       const start = join(root, 'samples/backends/shop/start.mjs');
       const result = await run('node', [start, kioskProgram, '--tour'], {timeoutMs: minuteMs * 2});
       assert.equal(result.code, 0, result.stdout + result.stderr);
       assert.match(result.stdout, /call net\.fetch: ok/);
       assert.match(result.stdout, /call payments\.request: ok/);
       assert.match(result.stdout, /Refunded/);
       assert.match(result.stdout, /event order\.captured of shop-/);
       assert.match(result.stdout, /event refund\.succeeded of shop-/);
       assert.match(result.stdout, /The tour is complete/);
     });

test('parcel: a customs fee that was paid is given back over the partner API, once', async () => {
  const parcel = join(root, 'samples/apps/parcel');
  const built = await run('npm', ['run', '--silent', '--prefix', parcel, 'build'],
                          {timeoutMs: minuteMs});
  assert.equal(built.code, 0, built.stderr);
  const args = ['run', join(parcel, 'dist'), '--render', 'none', '--data', data];
  const paid = await kiosk([...args, '--steps', join(parcel, 'tour.jsonl')]);
  assert.equal(paid.code, 0, paid.stderr);
  const tool = join(root, 'samples/backends/customs/refund.mjs');
  const refund = (...more) =>
      run('node', [tool, api.said[1], 'customs-RA123456785RU', ...more], {timeoutMs: minuteMs});
  for (let i = 0; i < 2; ++i) {
    const part = await refund('25000');
    assert.equal(part.code, 0, part.stderr);
    assert.match(part.stdout, /succeeded: 25000 RUB\n.*: 25000 of 125000/);
  }
  assert.match((await refund()).stdout, /succeeded: 100000 RUB\n.*: 125000 of 125000/);
  const tooMuch = await refund('1');
  assert.equal(tooMuch.code, 1);
  const books = await kiosk(['ledger', 'verify', '--data', data]);
  assert.equal(books.code, 0, books.stderr);
});
