// Subscriptions from a mini-app's call to the merchant's API and the books: real JavaScript in a
// jailed guest, the tool as the host, the demo's merchant with the module of its guide.

import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {copyFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';

import {kiosk, temporaryFolder, writeApp, writeSteps} from '../support/kiosk.mjs';
import * as partnerSide from '../support/partner.mjs';

const {clientOfTheGuide, demoPartner, orderToken, planToken, startTool} = partnerSide;

const data = join(temporaryFolder(), 'data');
const exp = 4102444800;
let guide, partner, api;

const more = {
  opt_permissions: ['payments.charge', 'payments.recurring'].map(
      name => ({name, reason: 'To pay', purpose: 'Parcels'})),
  payments: {merchant_id: 'post', methods: ['wallet'], currencies: ['RUB'], recurring: true},
};

/// An app that runs `code` at a tap; what it returns, or an error's code, is shown in brackets.
function appOf(code, appId = 'org.example.test') {
  return writeApp(`
    const button = document.createElement('button');
    const shown = document.createElement('p');
    button.textContent = 'Go';
    document.body.append(button, shown);
    const act = async () => { ${code} };
    button.addEventListener('click', async () => {
      try {
        shown.textContent = '[' + await act() + ']';
      } catch (error) {
        shown.textContent = '[' + error.code + ']';
      }
    });
  `, {more: {...more, app_id: appId}});
}

/// Runs `app`, a folder or what is installed, through `steps`.
function runApp(app, steps, folder = data, args = []) {
  const file = writeSteps(steps);
  return kiosk(
      ['run', app, '--render', 'none', '--data', folder, '--events', '--steps', file, ...args]);
}

const run = (code, steps, folder) => runApp(appOf(code), steps, folder);

before(async () => {
  guide = await clientOfTheGuide();
  partner = demoPartner(guide, '');
});

after(async () => {
  api?.child.kill('SIGTERM');
  if (api) assert.deepEqual(await api.ended, {code: 0, signal: null});
});

test('a user subscribes by one yes, cancels without a question, and the books hold', async () => {
  const refused = await run(
      `const {status} = await kiosk.payments.subscribe(
           {planToken: ${JSON.stringify(planToken(guide, partner))}}, {idempotencyKey: 'a'});
       return status;`,
      [{tap: 'Go'}, {consent: 'deny'}, {expect: '[user_refused]'}],
      join(temporaryFolder(), 'data'));
  assert.equal(refused.code, 0, refused.stderr);
  const made = await run(
      `const made = await kiosk.payments.subscribe(
           {planToken: ${JSON.stringify(planToken(guide, partner))}}, {idempotencyKey: 'b'});
       const {subscriptions} = await kiosk.payments.subscriptions();
       const ended = await kiosk.payments.cancelSubscription(
           {subscriptionId: made.subscriptionId});
       return [made.status, made.receipt.amountMinor, subscriptions.length,
               subscriptions[0].payee, ended.status].join(' ');`,
      [
        {tap: 'Go'},
        {consent: 'grant'},
        {expect: '[active 19900 1 Post Office (customs) cancelled]'},
      ]);
  assert.equal(made.code, 0, made.stderr);
  const books = await kiosk(['ledger', 'verify', '--data', data, '--json']);
  assert.equal(books.code, 0, books.stdout);
  assert.equal(JSON.parse(books.stdout).wrongMandates, 0);
});

test('the merchant reads the mandate, and a refund it signed goes through the app', async () => {
  api =
      await startTool(['serve-api', '--data', data, '--port', '0'], /^partner API on (http:\S+)$/m);
  partner = demoPartner(guide, api.said[1]);
  const answer = await guide.call(partner, 'GET', '/v1/subscriptions');
  const {items} = await answer.json();
  assert.equal(items.length, 1);
  assert.equal(items[0].state, 'cancelled');
  const [header] = items[0].mandate.split('.');
  assert.equal(JSON.parse(Buffer.from(header, 'base64url')).typ, 'kiosk-mandate+jwt');
  const path = `/v1/subscriptions/${items[0].subscriptionId}`;
  assert.equal((await (await guide.call(partner, 'GET', path)).json()).planId, 'PLUS');
  const again = await guide.call(partner, 'POST', `${path}/cancel`, {body: {}});
  assert.equal((await again.json()).state, 'cancelled');

  const order = orderToken(guide, partner, 'CUSTOMS-1');
  const refund = guide.jws(partner, 'kiosk-refund+jwt', {
    merchantId: 'post',
    orderId: 'CUSTOMS-1',
    amountMinor: 400,
    reason: 'damaged',
    exp,
    nonce: randomUUID(),
  });
  const result = await run(
      `const pay = await kiosk.payments.request(
           {orderToken: ${JSON.stringify(order)}}, {idempotencyKey: 'c'});
       const back = () => kiosk.payments.refund(
           {refundToken: ${JSON.stringify(refund)}}, {idempotencyKey: 'd'});
       const first = await back(), second = await back();
       return [pay.status, first.status, first.refundId === second.refundId].join(' ');`,
      [{tap: 'Go'}, {consent: 'grant'}, {expect: '[paid succeeded true]'}]);
  assert.equal(result.code, 0, result.stderr);
  const read = await guide.call(partner, 'GET', '/v1/orders/CUSTOMS-1');
  assert.equal((await read.json()).refundedMinor, 400);
});

/// Installs the app in `folder`, signed by a developer whom the host of `data` trusts.
async function install(folder) {
  const key = join(temporaryFolder(), 'developer.key'), file = `${key}.ma`;
  assert.equal((await kiosk(['keygen', key])).code, 0);
  copyFileSync(`${key}.pub`, join(data, 'trust.txt'));
  assert.equal((await kiosk(['pack', folder, '-o', file, '--key', key])).code, 0);
  const installed = await kiosk(['install', file, '--data', data]);
  assert.equal(installed.code, 0, installed.stderr);
}

test('an app that is uninstalled ends what all users have in it, and no more', async () => {
  // A plan's token is for one subscription: each has an app with its own.
  const subscribing = () => `
      const {status} = await kiosk.payments.subscribe(
          {planToken: ${JSON.stringify(planToken(guide, partner))}}, {idempotencyKey: 'e'});
      return status;`;
  const steps = [{tap: 'Go'}, {consent: 'grant'}, {expect: '[active]'}];
  const gone = 'org.example.gone';
  for (const user of ['anna', 'boris']) {
    const ran = await runApp(appOf(subscribing(), gone), steps, data, ['--user', user]);
    assert.equal(ran.code, 0, ran.stderr);
  }
  const stays = await runApp(appOf(subscribing(), 'org.example.stays'), steps);
  assert.equal(stays.code, 0, stays.stderr);
  const states = async () => {
    const answer = await guide.call(partner, 'GET', '/v1/subscriptions');
    return (await answer.json()).items.map(({state, reason}) => `${state} ${reason ?? ''}`.trim());
  };
  const uninstall = () => kiosk(['uninstall', gone, '--data', data]);

  const absent = await uninstall();
  assert.notEqual(absent.code, 0);
  assert.equal((await states()).filter(state => state === 'active').length, 3);
  await install(appOf('return 1;', gone));
  const removed = await uninstall();
  assert.equal(removed.code, 0, removed.stderr);
  assert.equal(removed.stdout, `${gone}: removed; subscriptions ended: 2\n`);
  assert.deepEqual((await states()).slice(0, 3), ['active', 'ended app', 'ended app']);
  const books = await kiosk(['ledger', 'verify', '--data', data]);
  assert.equal(books.code, 0, books.stdout);
});
