// `kiosk mock-bank` as a process over loopback: it says its address, moves money once, does wrong
// by its script, refuses scripts that are wrong, and ends when it is told to.

import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {createHash} from 'node:crypto';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';

import {kiosk, kioskProgram, slowness, temporaryFolder} from '../support/kiosk.mjs';

const waitMsMax = 15_000 * slowness;

/// Starts a bank; resolves to {base, stop} when it has said its address.
function startBank(args = []) {
  const child = spawn(kioskProgram, ['mock-bank', '--port', '0', ...args]);
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise(resolve => child.on('exit', (code, signal) => resolve({code, signal})));
  let said = '', errors = '';
  child.stderr.on('data', bytes => (errors += bytes));
  const stop = async signal => {
    child.kill(signal);
    const timer = setTimeout(kill, waitMsMax);
    const end = await ended;
    clearTimeout(timer);
    process.removeListener('exit', kill);
    return {...end, said, errors};
  };
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no address: ${said}${errors}`)), waitMsMax);
    child.stdout.on('data', bytes => {
      said += bytes;
      const line = /^mock bank: (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(said);
      if (line === null) return;
      clearTimeout(timer);
      resolve({base: line[1], stop});
    });
    ended.then(({code}) => reject(new Error(`the bank ended with ${code}: ${errors}`)));
  });
}

const digest = parts =>
    createHash('sha256').update(parts.map(part => `${part}\n`).join('')).digest('hex');

function operation(id, amountMinor, more = {}) {
  return {
    amountMinor,
    currency: 'RUB',
    merchantId: 'post',
    orderId: `ORDER-${id}`,
    payer: 'anna',
    deadlineMs: Date.now() + 72 * 3_600_000,
    reference: digest(['charge', id, amountMinor, 'RUB', 'post', `ORDER-${id}`]),
    ...more,
  };
}

async function ask(base, method, path, body) {
  const answer = await fetch(base + path, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(waitMsMax),
  });
  return {status: answer.status, ...await answer.json()};
}

const charge = (base, id, amountMinor, more) =>
    ask(base, 'PUT', `/v1/operations/${id}`, operation(id, amountMinor, more));

function writeScript(rules) {
  const path = join(temporaryFolder(), 'script.json');
  writeFileSync(path, typeof rules === 'string' ? rules : JSON.stringify({rules}));
  return path;
}

test('a charge, its repeat, a refund and the report; SIGTERM ends it with status 0', async () => {
  const {base, stop} = await startBank(['--balance', 'anna=1000', '--balance', 'boris=5']);
  const paid = await charge(base, 'one', 300);
  assert.equal(paid.status, 200);
  assert.equal(paid.state, 'confirmed');
  assert.equal((await charge(base, 'one', 300)).state, 'confirmed');
  assert.equal((await charge(base, 'one', 301)).error, 'differs');
  assert.equal((await charge(base, 'poor', 300, {payer: 'boris'})).reason, 'insufficient_funds');
  assert.equal((await ask(base, 'GET', '/v1/operations/none')).error, 'operation_unknown');
  const back = await ask(base, 'PUT', '/v1/refunds/r1', {
    operationId: 'one',
    amountMinor: 100,
    currency: 'RUB',
    reference: digest(['refund', 'r1', 'one', 100, 'RUB']),
  });
  assert.equal(back.state, 'succeeded');
  const report = await ask(base, 'GET', '/v1/report?limit=1');
  assert.equal(report.conserved, true);
  assert.deepEqual(report.totals.operations.confirmed, {count: 1, amountMinor: 300});
  assert.equal(report.operations.length, 1);
  const rest = await ask(base, 'GET', `/v1/report?after=${report.next}`);
  assert.deepEqual(rest.operations.map(row => row.id), ['poor']);
  assert.equal(rest.next, null);
  const end = await stop('SIGTERM');
  assert.deepEqual({code: end.code, errors: end.errors}, {code: 0, errors: ''});
  assert.equal(end.said.split('\n').length, 2, 'one line');
});

test('what a script says goes wrong goes wrong, and only that', async () => {
  const script = writeScript([
    {match: {operation: 'charge', nth: 1}, fault: 'lost'},
    {match: {operation: 'charge', nth: 2}, fault: 'dropped'},
    {match: {operation: 'charge', nth: 3}, fault: 'late', ms: 400},
    {match: {operation: 'charge', nth: 4}, fault: 'contradictory'},
    {match: {operation: 'charge', nth: 5}, fault: 'pending', lookups: 2},
    {match: {operation: 'charge', nth: 6}, fault: 'down', ms: 300},
  ]);
  const {base, stop} = await startBank(['--balance', 'anna=1000', '--script', script]);
  const stateOf = async id => (await ask(base, 'GET', `/v1/operations/${id}`)).state;
  await assert.rejects(charge(base, 'lost', 1), TypeError);
  assert.equal(await stateOf('lost'), 'confirmed');
  await assert.rejects(charge(base, 'dropped', 1), TypeError);
  assert.equal(await stateOf('dropped'), undefined);
  const before = Date.now();
  assert.equal((await charge(base, 'late', 1)).state, 'confirmed');
  assert.ok(Date.now() - before >= 390);
  assert.equal((await charge(base, 'contradictory', 1)).state, 'rejected');
  assert.equal(await stateOf('contradictory'), 'confirmed');
  const open = await charge(base, 'pending', 1);
  assert.equal(open.state, 'created');
  assert.match(open.link, /^https:\/\//);
  assert.equal(await stateOf('pending'), 'accepted');
  assert.equal(await stateOf('pending'), 'confirmed');
  assert.equal((await charge(base, 'down', 1)).status, 503);
  while ((await ask(base, 'GET', '/v1/operations/down')).status === 503) {
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  assert.equal(await stateOf('down'), undefined);
  assert.equal((await charge(base, 'down', 1)).state, 'confirmed');
  assert.equal((await stop('SIGINT')).code, 0);
});

test('a request that is too large or to no address gets an answer that says so', async () => {
  const {base, stop} = await startBank();
  const big = await ask(base, 'PUT', '/v1/operations/one', {more: 'x'.repeat(20_000)});
  assert.equal(big.status, 413);
  assert.equal((await ask(base, 'DELETE', '/v1/operations/one')).status, 400);
  assert.equal((await ask(base, 'GET', `/v1/operations/${'a'.repeat(5_000)}`)).status, 400);
  assert.equal((await ask(base, 'GET', '/')).status, 404);
  assert.equal((await stop('SIGTERM')).code, 0);
});

test('a late answer does not hold the bank when it is to end', async () => {
  const script =
      writeScript([{match: {operation: 'charge', nth: 1}, fault: 'late', ms: 600_000}]);
  const {base, stop} = await startBank(['--balance', 'anna=10', '--script', script]);
  const waiting = assert.rejects(charge(base, 'one', 1));
  while ((await ask(base, 'GET', '/v1/operations/one')).status !== 200) {
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  assert.deepEqual((await stop('SIGTERM')).code, 0);
  await waiting;
});

test('what cannot be right is refused with what to write instead', async () => {
  const refused = async (args, message) => {
    const result = await kiosk(['mock-bank', ...args]);
    assert.equal(result.code, 2, result.stdout);
    assert.match(result.stderr, message);
  };
  await refused(['--balance', 'anna'], /USER=MINOR/);
  await refused(['--balance', 'anna=1.5'], /whole number of minor units/);
  await refused(['--balance', 'anna=-1'], /0 to 10\^12/);
  await refused(['--currency', 'rubles'], /three upper-case letters/);
  await refused(['--port', '70000'], /port/);
  await refused(['--script', writeScript('{"rules": [')], /script\.json: /);
  await refused(
      ['--script', writeScript([{match: {operation: 'charge', nth: 1}, fault: 'late'}])],
      /script\.json: rule 1 needs ms, 1 to 600000/);
  const {base, stop} = await startBank();
  await refused(['--port', new URL(base).port], /is the port taken\?/);
  assert.equal((await stop('SIGTERM')).code, 0);
});
