// Goal: every call settles exactly once, whatever the host sends and in whatever order.
// Method: a host that answers late, twice, wrongly or never; the app writes down each settlement.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundle } from '../../runtime/guest/web/tools/bundle.mjs';
import { makeRealm } from './realm.mjs';

const source = await bundle();
const kWatch = `globalThis.watch = (name, promise) => promise.then(
  value => console.log(name, 'ok', value),
  error => console.log(name, error.code, error.message));\n`;

async function start(code, options = {}) {
  const realm = await makeRealm(source, options);
  realm.answer = options.answer ?? (() => undefined);
  await realm.run(kWatch + code, { turnsMax: 30 });
  realm.calls = () => realm.sent.filter((frame) => frame.id !== undefined);
  realm.reply = (frame) => {
    realm.hooks.deliver(JSON.stringify({ jsonrpc: '2.0', ...frame }));
    realm.turn();
  };
  realm.lines = () => realm.logs.map(({ text }) => text);
  return realm;
}

test('a frame has jsonrpc, a growing id, method, params and the idempotency key', async () => {
  const realm = await start(`kiosk.call('a.b', {x: [1, null, 'я']});
    kiosk.call('c.d', undefined, {idempotencyKey: 'key'});`);
  assert.deepEqual(realm.calls(), [
    { jsonrpc: '2.0', id: 1, method: 'a.b', params: { x: [1, null, 'я'] } },
    { jsonrpc: '2.0', id: 2, method: 'c.d', params: {}, kiosk: { idempotencyKey: 'key' } },
  ]);
});

test('a result is frozen through and through', async () => {
  const realm = await start(
    `const r = await kiosk.call('a.b');
    const frozen = [r, r.list, r.list[0]].map(Object.isFrozen);
    console.log(...frozen, r.__proto__.x);`,
    { answer: () => ({ result: JSON.parse('{"list":[{"a":1}],"__proto__":{"x":1}}') }) },
  );
  assert.deepEqual(realm.lines(), ['true true true 1']);
});

test('a second answer, an answer to nobody and broken answers settle nothing', async () => {
  const realm = await start(`watch('a', kiosk.call('a.b'));`);
  for (const id of [2, 0, -1, 1.5, '1', null, 1e300]) realm.reply({ id, result: 'wrong' });
  assert.deepEqual(realm.lines(), []);
  realm.reply({ id: 1, result: 'right' });
  realm.reply({ id: 1, result: 'again' });
  realm.reply({ id: 1, error: { code: 1, message: 'late' } });
  assert.deepEqual(realm.lines(), ['a ok right']);
});

test('errors of the host become BridgeErrors with their facts', async () => {
  const realm = await start(
    `try { await kiosk.call('a.b'); } catch (e) {
      console.log(e.code, e.errno, e.retryable, e.method, e.message, JSON.stringify(e.details));
    }
    try { await kiosk.call('a.b'); } catch (e) { console.log(e.code, e.errno); }`,
    {
      answer: ({ id }) =>
        id === 1
          ? {
              error: {
                code: -32000,
                message: 'slow down',
                data: { code: 'rate_limited', errno: 109, retryable: true, retryAfterMs: 50 },
              },
            }
          : { error: { code: -32603, message: 'x' } },
    },
  );
  assert.deepEqual(realm.lines(), [
    'rate_limited 109 true a.b slow down {"retryAfterMs":50}',
    'internal 117',
  ]);
});

test('a time-out cancels the call at the host and rejects once', async () => {
  const realm = await start(`watch('a', kiosk.call('a.b', {}, {timeoutMs: 50}));`);
  assert.deepEqual(realm.lines(), ['a timeout no answer within 50 ms']);
  assert.deepEqual(realm.sent.at(-1), { jsonrpc: '2.0', method: '$/cancel', params: { id: 1 } });
  realm.reply({ id: 1, result: 'late' });
  assert.equal(realm.lines().length, 1);
});

test('an answer stops the time-out and lets go of the signal', async () => {
  const realm = await start(
    `globalThis.c = new AbortController();
    watch('a', kiosk.call('a.b', {}, {timeoutMs: 50, signal: c.signal}));
    setTimeout(() => c.abort(), 100);`,
    { answer: () => ({ result: 1 }) },
  );
  assert.deepEqual(realm.lines(), ['a ok 1']);
  assert.equal(realm.sent.filter(({ method }) => method === '$/cancel').length, 0);
  assert.equal(realm.hooks.nextTimer(), Infinity);
});

test('an abort cancels, and an abort before the call sends nothing', async () => {
  const realm = await start(`const c = new AbortController();
    watch('a', kiosk.call('a.b', {}, {signal: c.signal})); c.abort();
    watch('b', kiosk.call('a.b', {}, {signal: c.signal}));`);
  assert.deepEqual(
    realm.lines().map((line) => line.slice(0, 11)),
    ['a cancelled', 'b cancelled'],
  );
  assert.deepEqual(
    realm.sent.map(({ method }) => method),
    ['a.b', '$/cancel'],
  );
});

test('the host may cancel a call itself', async () => {
  const realm = await start(`watch('a', kiosk.call('a.b'));`);
  realm.reply({ method: '$/cancelled', params: { id: 1 } });
  assert.deepEqual(realm.lines(), ['a cancelled the host cancelled the call']);
});

test('a call too many is refused with busy until one settles', async () => {
  const realm = await start(`for (const name of ['a', 'b', 'c']) watch(name, kiosk.call('a.b'));`, {
    limits: { calls: 2 },
  });
  assert.deepEqual(realm.lines(), ['c busy more than 2 calls are in flight']);
  assert.equal(realm.calls().length, 2);
});

test('a call larger than a message never leaves', async () => {
  const realm = await start(
    `watch('a', kiosk.call('a.b', {x: 'я'.repeat(600)}));
    watch('b', kiosk.call('a.b', {x: Array(2000).fill(0)}));
    watch('c', kiosk.call('a.b', {x: 'x'.repeat(900)}));
    watch('d', kiosk.call('a.b', {x: 'x'.repeat(910)}, {idempotencyKey: 'k'.repeat(100)}));`,
    { limits: { messageBytes: 1024 } },
  );
  assert.deepEqual(
    realm.lines().map((line) => line.slice(0, 19)),
    ['a payload_too_large', 'b payload_too_large', 'd payload_too_large'],
  );
  assert.equal(realm.calls().length, 1);
});

test('lone surrogates leave as U+FFFD, so a frame is always UTF-8', async () => {
  const realm = await start(`kiosk.call('a.b', {['k\\ud800']: 'v\\udc00'});`);
  assert.deepEqual(realm.calls()[0].params, { 'k\ufffd': 'v\ufffd' });
});
