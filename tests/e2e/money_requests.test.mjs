// A request of money from a mini-app's call to the other user's wallet and the books: real
// JavaScript in a jailed guest, the tool as the asking user's host, the web host as the asked
// one's.

import assert from 'node:assert/strict';
import {join} from 'node:path';
import {test} from 'node:test';

import {kiosk, temporaryFolder, writeApp, writeSteps} from '../support/kiosk.mjs';
import {startWebHost, Visitor} from '../support/web_host.mjs';

const data = join(temporaryFolder(), 'data');

/// Runs `code` at a tap; what it returns is shown between brackets, or the error's code.
async function run(code, steps, {permissions = ['payments.request_money'], folder = data} = {}) {
  const app = writeApp(
      `
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
  `,
      {
        more: {
          opt_permissions:
              permissions.map(name => ({name, reason: 'To share a bill', purpose: 'Bills'}))
        }
      });
  return kiosk([
    'run', app, '--render', 'none', '--data', folder, '--user', 'anna', '--steps', writeSteps(steps)
  ]);
}

const ask = id => `const answer = await kiosk.payments.requestMoney(
    {amountMinor: 45000, currency: 'RUB', note: 'Lunch', requestId: '${id}'});
  return JSON.stringify(answer);`;
const boris = 'Борис Кузнецов · Work';

test('an app asks by sheet and picker of the host, and learns nothing of whom', async () => {
  const undeclared =
      await run(ask('bill-0'), [{tap: 'Go'}, {expect: '[not_declared]'}], {permissions: []});
  assert.equal(undeclared.code, 0, undeclared.stderr);
  const refused = await run(
      ask('bill-1'), [{tap: 'Go'}, {consent: 'deny'}, {expect: '[user_refused]'}],
      {folder: join(temporaryFolder(), 'data')});
  assert.equal(refused.code, 0, refused.stderr);
  for (const id of ['bill-1', 'bill-2']) {
    const sent = await run(ask(id), [
      {tap: 'Go'},
      {consent: 'grant'},
      {pick: boris},
      {expect: `[{"requestId":"${id}","status":"sent"}]`},
    ]);
    assert.equal(sent.code, 0, sent.stderr);
  }
});

test('the asked user sees, pays and declines it in the host; nobody else can', async () => {
  const host = await startWebHost({data});
  const visitors = {};
  for (const user of ['anna', 'boris', 'vera']) {
    visitors[user] = new Visitor(host.base);
    await visitors[user].logIn(user);
  }
  const list = async user => (await visitors[user].get('/api/money-requests')).requests;
  assert.deepEqual(await list('vera'), []);
  assert.deepEqual((await list('anna')).map(one => one.direction), ['asked', 'asked']);
  const [second, first] = await list('boris');
  assert.equal(first.otherName, 'Анна Смирнова');
  assert.deepEqual(
      [first.direction, first.amountMinor, first.currency, first.note, first.state],
      ['askedOf', 45000, 'RUB', 'Lunch', 'open']);
  const answer = async (user, one, act) =>
      (await visitors[user].post(`/api/money-requests/${one.id}/${act}`)).status;
  for (const user of ['anna', 'vera']) {
    assert.equal(await answer(user, first, 'pay'), 404);
    assert.equal(await answer(user, first, 'decline'), 404);
  }
  assert.equal(await answer('boris', first, 'pay'), 204);
  assert.equal(await answer('boris', first, 'pay'), 204);
  assert.equal(await answer('boris', second, 'decline'), 204);
  assert.equal(await answer('boris', second, 'pay'), 409);
  assert.deepEqual((await list('anna')).map(one => one.state).sort(), ['declined', 'paid']);
  const {wallet} = await visitors.boris.get('/api/wallet');
  assert.equal(wallet.balances[0].minor, 100000 - 45000);
  await host.stop();
  const books = await kiosk(['ledger', 'verify', '--data', data, '--json']);
  assert.equal(books.code, 0, books.stdout);
  assert.equal(JSON.parse(books.stdout).wrongTransfers, 0);
});

test('the app asks what became of its requests', async () => {
  const told = await run(
      `const all = [];
       for (const requestId of ['bill-1', 'bill-2']) {
         all.push((await kiosk.payments.moneyRequest({requestId})).status);
       }
       return all.sort().join(' ');`,
      [{tap: 'Go'}, {expect: '[declined paid]'}]);
  assert.equal(told.code, 0, told.stderr);
});
