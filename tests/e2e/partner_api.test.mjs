// The partner API as a merchant's server meets it: the real process over a real store, called with
// the code of docs/partner-api.md and node:crypto alone.

import assert from 'node:assert/strict';
import {createPublicKey, generateKeyPairSync, verify} from 'node:crypto';
import {writeFileSync} from 'node:fs';
import {connect} from 'node:net';
import {join} from 'node:path';
import {after, before, test} from 'node:test';

import {run} from '../runner/process.mjs';
import * as support from '../support/kiosk.mjs';
import * as merchant from '../support/partner.mjs';

const {kiosk, root, slowness, temporaryFolder, writeApp, writeSteps} = support;
const {clientOfTheGuide, demoPartner, orderToken, startTool} = merchant;

const data = join(temporaryFolder(), 'data');
const manifest = {
  payments: {merchant_id: 'post', methods: ['wallet'], currencies: ['RUB']},
  opt_permissions:
      [{name: 'payments.charge', reason: 'to pay the duty', purpose: 'customs_payment'}],
};

/// Starts `kiosk serve-api`; resolves when it has said its address.
async function startApi(args = []) {
  const {said, child, ended} = await startTool(
      ['serve-api', '--data', data, '--port', '0', ...args], /^partner API on (http:\S+)$/m);
  return {base: said[1], child, ended};
}

let guide, api, partner;

before(async () => {
  guide = await clientOfTheGuide();
  // Any run of the tool makes the store and the demo's merchant.
  const app = writeApp('document.body.textContent = "here";');
  const made = await kiosk(['run', app, '--steps', writeSteps([{expect: 'here'}]), '--data', data]);
  assert.equal(made.code, 0, made.stderr);
  api = await startApi(['--allow-insecure-webhooks']);
  partner = demoPartner(guide, api.base);
});

after(async () => {
  api.child.kill('SIGTERM');
  assert.deepEqual(await api.ended, {code: 0, signal: null});
});

/// {status, headers, text, body}; waits where the rate says so, as a partner should.
async function call(method, path, options, by = partner) {
  for (;;) {
    const answer = await guide.call(by, method, path, options);
    const text = await answer.text();
    if (answer.status !== 429) {
      const body = text === '' ? undefined : JSON.parse(text);
      return {status: answer.status, headers: answer.headers, text, body};
    }
    const seconds = Number(answer.headers.get('retry-after'));
    await new Promise(resolve => setTimeout(resolve, seconds * 1000));
  }
}

const tokenOf = (orderId, amountMinor) => orderToken(guide, partner, orderId, amountMinor);

/// What the server writes to exactly these bytes, until it closes.
function raw(text) {
  const {hostname, port} = new URL(api.base);
  return new Promise((resolve, reject) => {
    let said = '';
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.on('data', bytes => (said += bytes));
    socket.on('error', error => said === '' ? reject(error) : resolve(said));
    socket.on('close', () => resolve(said));
  });
}

const statusOf = text => Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]);
const host = () => `Host: ${new URL(api.base).host}\r\n`;

test(
    'openapi.json passes a public linter without a warning, and the linter would see a mistake',
    async () => {
      const folder = temporaryFolder();
      const rules = join(folder, 'rules.json'), file = join(folder, 'openapi.json');
      writeFileSync(rules, '{"extends": ["spectral:oas"]}');
      const served = await (await fetch(`${api.base}/openapi.json`)).text();
      const lint = async text => {
        writeFileSync(file, text);
        const linter = join(root, 'tests/node_modules/@stoplight/spectral-cli/dist/index.js');
        const args = [linter, 'lint', '--ruleset', rules, '--fail-severity=warn', file];
        return run(process.execPath, args, {timeoutMs: 120_000 * slowness});
      };
      const sound = await lint(served);
      assert.equal(sound.code, 0, sound.stdout + sound.stderr);
      assert.notEqual((await lint(served.replace('"operationId"', '"operation"'))).code, 0);
    });

test('an order is registered, paid in the app, seen with its receipt, and refunded', async () => {
  const orderToken = tokenOf('E2E-1');
  const made = await call('POST', '/v1/orders', {body: {orderToken}});
  assert.equal(made.status, 201, made.text);
  assert.equal(made.body.state, 'created');
  const app = writeApp(
      `const button = document.createElement('button');
       const shown = document.createElement('p');
       button.textContent = 'Pay';
       document.body.append(button, shown);
       button.addEventListener('click', async () => {
         const {status} = await kiosk.payments.request(
             {orderToken: ${JSON.stringify(orderToken)}}, {idempotencyKey: 'one'});
         shown.textContent = 'it is ' + status;
       });`,
      {more: manifest});
  const steps = writeSteps([{tap: 'Pay'}, {consent: 'grant'}, {expect: 'it is paid'}]);
  const paid = await kiosk(['run', app, '--user', 'anna', '--steps', steps, '--data', data]);
  assert.equal(paid.code, 0, paid.stdout + paid.stderr);

  const order = (await call('GET', '/v1/orders/E2E-1')).body;
  assert.equal(order.state, 'captured');
  const {keys} = await (await fetch(`${api.base}/.well-known/jwks.json`)).json();
  const [head, body, signature] = order.receipt.split('.');
  const {kid} = JSON.parse(Buffer.from(head, 'base64url'));
  const key = createPublicKey({key: keys.find(one => one.kid === kid), format: 'jwk'});
  assert.ok(verify(null, Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url')));

  const part = await call('POST', '/v1/orders/E2E-1/refunds', {body: {amountMinor: 400}});
  assert.equal(part.status, 201, part.text);
  const over = await call('POST', '/v1/orders/E2E-1/refunds', {body: {amountMinor: 601}});
  assert.equal(over.body.code, 'amount_mismatch');
  assert.equal((await call('GET', '/v1/orders/E2E-1')).body.refundedMinor, 400);
  const events = (await call('GET', '/v1/events')).body.items;
  assert.ok(events.some(event => event.type === 'order.captured' && event.subject === 'E2E-1'));
});

test(
    'the same key and request get the same bytes; another request under the key is 409',
    async () => {
      const options = {body: {orderToken: tokenOf('E2E-2')}, idempotencyKey: 'key-2'};
      const first = await call('POST', '/v1/orders', options);
      const again = await call('POST', '/v1/orders', options);
      assert.equal(first.status, 201);
      assert.equal(again.text, first.text);
      assert.equal(again.headers.get('idempotent-replayed'), 'true');
      assert.equal(first.headers.get('idempotent-replayed'), null);
      const other = {body: {orderToken: tokenOf('E2E-3')}, idempotencyKey: 'key-2'};
      const mismatch = await call('POST', '/v1/orders', other);
      assert.equal(mismatch.status, 409);
      assert.match(mismatch.body.detail, /another request/);
    });

test(
    'of many requests at once under one key, one takes effect; the others wait or repeat it',
    async () => {
      const options = {body: {orderToken: tokenOf('E2E-4')}, idempotencyKey: 'key-4'};
      const answers = await Promise.all(
          Array.from({length: 12}, () => guide.call(partner, 'POST', '/v1/orders', options)));
      const texts = new Set();
      for (const answer of answers) {
        const text = await answer.text();
        if (answer.status === 201)
          texts.add(text);
        else {
          assert.equal(answer.status, 409, text);
          assert.equal(JSON.parse(text).code, 'busy');
          assert.equal(answer.headers.get('retry-after'), '1');
        }
      }
      assert.equal(texts.size, 1);
    });

test(
    'a request is refused when it comes again, when it is changed, and by a stranger\'s key',
    async () => {
      const {url, ...request} = guide.signed(partner, 'GET', '/v1/orders');
      assert.equal((await fetch(url, request)).status, 200);
      assert.equal((await fetch(url, request)).status, 401);
      const other = guide.signed(partner, 'GET', '/v1/orders?limit=5');
      other.url.search = '?limit=6';
      assert.equal((await fetch(other.url, other)).status, 401);
      const stranger = {...partner, key: generateKeyPairSync('ed25519').privateKey};
      const refused = await call('GET', '/v1/orders', {}, stranger);
      assert.equal(refused.status, 401);
      assert.equal(refused.body.code, 'signature_invalid');
      assert.equal(refused.headers.get('content-type'), 'application/problem+json');
      assert.equal(refused.body.requestId, refused.headers.get('kiosk-request-id'));
      const nobody = await call('GET', '/v1/orders', {}, {...partner, merchantId: 'nobody'});
      assert.equal(nobody.body.detail, refused.body.detail);
    });

test('a header is read as it was sent: an escape in it is not what it stands for', async () => {
  const {url, method, headers, body} =
      guide.signed(partner, 'POST', '/v1/orders', {body: {orderToken: 'x'}, idempotencyKey: 'aAa'});
  headers['idempotency-key'] = 'a%41a';
  assert.equal((await fetch(url, {method, headers, body})).status, 401);
  const sound = {body: {orderToken: 'x'}, idempotencyKey: 'a%41a'};
  assert.equal((await call('POST', '/v1/orders', sound)).body.code, 'order_invalid');
});

test('bodies and heads over their bounds are refused, and nothing of them is kept', async () => {
  const large = await call('POST', '/v1/orders', {body: {orderToken: 'x'.repeat(70_000)}});
  assert.equal(large.status, 413);
  assert.equal(large.body.code, 'payload_too_large');
  const line = `X: ${'y'.repeat(4000)}\r\n`;
  const head = `GET /healthz HTTP/1.1\r\n${host()}`;
  assert.equal(statusOf(await raw(`${head}${line.repeat(6)}\r\n`)), 400);
  assert.equal(statusOf(await raw(`${head}${'X: y\r\n'.repeat(100)}\r\n`)), 400);
  assert.equal(statusOf(await raw(`${head}X: a\r\n b\r\n\r\n`)), 400);
  assert.equal(statusOf(await raw(`GET /healthz HTTP/1.1\r\nHost: evil.example\r\n\r\n`)), 421);
  assert.equal(statusOf(await raw(`GET /${'x'.repeat(600)} HTTP/1.1\r\n${host()}\r\n`)), 414);
  const chunked = 'Transfer-Encoding: chunked\r\nContent-Type: application/json\r\n';
  const post = `POST /v1/orders HTTP/1.1\r\n${host()}`;
  assert.equal(statusOf(await raw(`${post}${chunked}\r\n2\r\n{}\r\n0\r\n\r\n`)), 415);
  assert.equal(statusOf(await raw(`${post}Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}`)), 400);
  assert.equal(statusOf(await raw(`PATCH /v1/orders HTTP/1.1\r\n${host()}\r\n`)), 405);
  assert.equal(statusOf(await raw(`${head}\r\n`)), 200);
});

test('a client that stops in the middle of its request is not waited for', async () => {
  const started = performance.now();
  const said = await raw(`POST /v1/orders HTTP/1.1\r\n${host()}`);
  const seconds = (performance.now() - started) / 1000;
  assert.ok(said === '' || statusOf(said) === 400, said);
  assert.ok(seconds > 3 && seconds < 15 * slowness, `closed after ${seconds} s`);
});

test(
    'a new key proves itself, signs, and the old one can be revoked; the last one stays',
    async () => {
      const {privateKey, publicKey} = generateKeyPairSync('ed25519');
      const fresh = {...partner, kid: 'k2', key: privateKey};
      const iat = Math.floor(Date.now() / 1000);
      const proof = guide.jws(fresh, 'kiosk-key+jwt', {merchantId: 'post', kid: 'k2', iat});
      const body = {kid: 'k2', publicKey: publicKey.export({format: 'jwk'}).x, proof};
      const added = await call('POST', '/v1/keys', {body});
      assert.equal(added.status, 201, added.text);
      const revoked = await call('POST', '/v1/keys/k2/revoke', {}, fresh);
      assert.equal(revoked.body.state, 'revoked');
      assert.equal((await call('GET', '/v1/keys', {}, fresh)).status, 401);
      assert.equal((await call('POST', '/v1/keys/demo-1/revoke')).status, 409);
    });

test(
    'a webhook may be http on this machine when the operator says so, and not elsewhere',
    async () => {
      const put = url => call('PUT', '/v1/webhook', {body: {url}});
      assert.equal((await put('http://127.0.0.1:9/hook')).status, 200);
      assert.equal((await put('http://shop.example.org/hook')).status, 403);
      assert.equal((await call('GET', '/v1/webhook')).body.url, 'http://127.0.0.1:9/hook');
      assert.equal((await call('DELETE', '/v1/webhook')).status, 204);
      assert.equal((await call('GET', '/v1/webhook')).status, 404);
    });

test('a merchant over its rate is told how long to wait', async () => {
  // A slow machine serves no more than the rate lets through, so that one burst may not do.
  let refused;
  for (let burst = 0; burst < 10 && refused === undefined; ++burst) {
    const answers =
        await Promise.all(Array.from({length: 160}, () => guide.call(partner, 'GET', '/v1/keys')));
    for (const answer of answers) {
      assert.ok([200, 429].includes(answer.status));
      assert.match(answer.headers.get('ratelimit'), /^"partner";r=\d+;t=\d+$/);
    }
    refused = answers.find(answer => answer.status === 429);
  }
  assert.ok(refused !== undefined, 'no request was refused');
  assert.ok(Number(refused.headers.get('retry-after')) >= 1);
});

test(
    'on SIGTERM a request that had begun is answered, and new connections are refused',
    async () => {
      const own = await startApi();
      const by = {...partner, base: own.base};
      const body = {orderToken: tokenOf('E2E-9')};
      const {url, method, headers, body: text} = guide.signed(by, 'POST', '/v1/orders', {body});
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      const socket = connect(Number(url.port), url.hostname);
      let said = '';
      socket.on('data', bytes => (said += bytes));
      const closed = new Promise(resolve => socket.on('close', resolve));
      const length = Buffer.byteLength(text);
      socket.write(
          `${method} ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\n${lines.join('')}` +
          `Content-Length: ${length}\r\n\r\n${text.slice(0, 10)}`);
      // The half request has arrived once a later one was answered.
      assert.equal((await fetch(`${own.base}/healthz`)).status, 200);
      own.child.kill('SIGTERM');
      for (;;) {
        const isOpen = await fetch(`${own.base}/healthz`).then(() => true, () => false);
        if (!isOpen) break;
      }
      socket.write(text.slice(10));
      await closed;
      assert.equal(statusOf(said), 201, said);
      assert.deepEqual(await own.ended, {code: 0, signal: null});
    });
