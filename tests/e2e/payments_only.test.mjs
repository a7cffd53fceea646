// The payments module taken alone: a program that links kiosk::payments and nothing else of Kiosk
// pays what a merchant signed, while the partner API serves the same folder.

import assert from 'node:assert/strict';
import {createPublicKey, generateKeyPairSync} from 'node:crypto';
import {join} from 'node:path';
import {after, before, test} from 'node:test';

import {run} from '../runner/process.mjs';
import {buildDir, kiosk, slowness, temporaryFolder} from '../support/kiosk.mjs';
import {clientOfTheGuide, orderToken, startTool} from '../support/partner.mjs';

const program = join(buildDir, 'bin/payments-only');
const data = join(temporaryFolder(), 'data');
const timeoutMs = 60_000 * slowness;
let guide, api, partner;

const only = (args, input) => run(program, [data, ...args], {input, timeoutMs});

async function must(args, input) {
  const result = await only(args, input);
  assert.equal(result.code, 0, `${args.join(' ')}: ${result.stderr}`);
  return result;
}

async function call(method, path, body) {
  const answer = await guide.call(partner, method, path, {body});
  return {status: answer.status, body: await answer.json()};
}

const pay = (token, key, answer = 'y') => only(['pay', 'ann', key], `${token}\n${answer}\n`);
const balance = async () => Number((await must(['fund', 'ann', '500000', 'first'])).stdout);

before(async () => {
  guide = await clientOfTheGuide();
  const {privateKey: key} = generateKeyPairSync('ed25519');
  const publicKey = createPublicKey(key).export({format: 'der', type: 'spki'}).subarray(-32);
  await must(['init', 'tea', 'Tea House', 'tea-1', publicKey.toString('hex')]);
  api = await startTool(
      ['serve-api', '--data', data, '--port', '0'], /^partner API on (http:\S+)$/m);
  partner = {base: api.said[1], merchantId: 'tea', kid: 'tea-1', key};
});

after(async () => {
  api?.child.kill('SIGTERM');
  if (api) assert.deepEqual(await api.ended, {code: 0, signal: null});
});

test('neither V8 nor libuv nor libseccomp is in the program', async () => {
  const linked = await run('ldd', [program], {timeoutMs});
  assert.equal(linked.code, 0, linked.stderr);
  assert.match(linked.stdout, /libsoci_core/);
  assert.doesNotMatch(linked.stdout, /libnode|libv8|libuv|libseccomp/);
});

test('an order that was registered over HTTP is paid once, and the API shows it', async () => {
  assert.equal(await balance(), 500_000);
  const token = orderToken(guide, partner, 'ORDER-1', 12_500);
  assert.equal((await call('POST', '/v1/orders', {orderToken: token})).status, 201);
  const refused = await pay(token, 'checkout-1', 'n');
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /Pay RUB\u00a0125\.00 to Tea House\?/);
  assert.equal((await call('GET', '/v1/orders/ORDER-1')).body.state, 'created');

  const paid = await pay(token, 'checkout-1');
  assert.equal(paid.code, 0, paid.stderr);
  const {status, paymentId, receipt} = JSON.parse(paid.stdout);
  assert.equal(status, 'paid');
  assert.equal(receipt.amountMinor, 12_500);
  assert.equal((await pay(token, 'checkout-1')).stdout, paid.stdout, 'the same answer');
  assert.equal(await balance(), 487_500);
  const {body} = await call('GET', '/v1/orders/ORDER-1');
  assert.deepEqual([body.state, body.paymentId], ['captured', paymentId]);
});

test('what the merchant did not sign is not paid', async () => {
  const {privateKey: key} = generateKeyPairSync('ed25519');
  const forged = orderToken(guide, {...partner, key}, 'ORDER-2', 100);
  const result = await pay(forged, 'checkout-2');
  assert.equal(result.code, 1);
  assert.match(result.stderr, /^signature_invalid/);
});

test('a refund is made once, and the books hold', async () => {
  const refunded = await must(['refund', 'tea', 'ORDER-1', 'return-1']);
  assert.equal(JSON.parse(refunded.stdout).state, 'succeeded');
  assert.equal((await must(['refund', 'tea', 'ORDER-1', 'return-1'])).stdout, refunded.stdout);
  assert.equal(await balance(), 500_000);
  const {body} = await call('GET', '/v1/orders/ORDER-1');
  assert.equal(body.refundedMinor, 12_500);
  const verified = await kiosk(['ledger', 'verify', '--data', data]);
  assert.equal(verified.code, 0, verified.stdout + verified.stderr);
});
