// What a merchant's server is told: the real sender beside the real API, a receiver on loopback
// that refuses first, and jose, which knows nothing of Kiosk, as the judge of the tokens.

import assert from 'node:assert/strict';
import {createServer} from 'node:http';
import {join} from 'node:path';
import {after, before, test} from 'node:test';

import {createLocalJWKSet, jwtVerify} from 'jose';

import {kiosk, temporaryFolder, writeApp, writeSteps} from '../support/kiosk.mjs';
import * as support from '../support/partner.mjs';

const {clientOfTheGuide, demoPartner, orderToken, startTool, waitMsMax} = support;

const data = join(temporaryFolder(), 'data');
let guide, api, partner, sender, receiver, heard = [], answers = [], jwks;

before(async () => {
  guide = await clientOfTheGuide();
  const app = writeApp('document.body.textContent = "here";');
  const made = await kiosk(['run', app, '--steps', writeSteps([{expect: 'here'}]), '--data', data]);
  assert.equal(made.code, 0, made.stderr);
  api = await startTool(
      ['serve-api', '--data', data, '--port', '0', '--allow-insecure-webhooks'],
      /^partner API on (http:\S+)$/m);
  partner = demoPartner(guide, api.said[1]);
  jwks = createLocalJWKSet(await (await fetch(`${partner.base}/.well-known/jwks.json`)).json());
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', bytes => (body += bytes));
    request.on('end', () => {
      heard.push({type: request.headers['content-type'], body, path: request.url});
      response.writeHead(answers.shift() ?? 202).end();
    });
  });
  await new Promise(resolve => receiver.listen(0, '127.0.0.1', resolve));
});

after(async () => {
  for (const process of [sender, api]) {
    process?.child.kill('SIGTERM');
    if (process) assert.deepEqual(await process.ended, {code: 0, signal: null});
  }
  receiver.close();
});

async function call(method, path, body) {
  const answer = await guide.call(partner, method, path, {body});
  const text = await answer.text();
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

async function until(holds) {
  for (const end = Date.now() + waitMsMax; Date.now() < end;) {
    const value = await holds();
    if (value) return value;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  assert.fail('it did not come in time');
}

const startSender = (args = []) => startTool(['send-events', '--data', data, ...args],
                                             /^sending events of/m);

test('events: a cancelled order is told as a signed Security Event Token', async () => {
  await call('PUT', '/v1/webhook', {url: `http://127.0.0.1:${receiver.address().port}/kiosk?a=1`});
  await call('POST', '/v1/orders', {orderToken: orderToken(guide, partner, 'EVENT-1')});
  await call('POST', '/v1/orders/EVENT-1/cancel', {});
  sender = await startSender(['--allow-insecure-webhooks', '--issuer', 'https://host.example']);
  const {type, body, path} = await until(() => heard[0]);
  assert.equal(type, 'application/secevent+jwt');
  assert.equal(path, '/kiosk?a=1');
  const {payload, protectedHeader} = await jwtVerify(
      body, jwks, {issuer: 'https://host.example', audience: 'post', typ: 'secevent+jwt'});
  assert.equal(protectedHeader.alg, 'EdDSA');
  assert.equal(payload.sub, 'EVENT-1');
  assert.equal(payload.events['urn:kiosk:event:order.cancelled'].state, 'cancelled');
  const listed = await until(async () => {
    const {items} = await call('GET', '/v1/events?state=delivered');
    return items.find(event => event.id === payload.jti);
  });
  assert.equal(listed.type, 'order.cancelled');
});

test('events: one changed bit of a token is refused', async () => {
  const {body} = heard[0];
  const [head, payload, signature] = body.split('.');
  const flipped = Buffer.from(payload, 'base64url');
  flipped[10] ^= 1;
  const forged = [head, flipped.toString('base64url'), signature].join('.');
  await assert.rejects(jwtVerify(forged, jwks));
});

test('events: what an endpoint refuses waits, says why, and goes out when replayed', async () => {
  heard = [];
  answers = [500];
  await call('POST', '/v1/orders', {orderToken: orderToken(guide, partner, 'EVENT-2')});
  await call('POST', '/v1/orders/EVENT-2/cancel', {});
  await until(() => heard.length === 1);
  const waiting = await until(async () => {
    const {items} = await call('GET', '/v1/events?state=waiting');
    return items.find(event => event.lastError !== undefined && event.lastError !== '');
  });
  assert.match(waiting.lastError, /HTTP 500/);
  await call('POST', `/v1/events/${waiting.id}/replay`, {});
  await until(() => heard.length === 2);
  const tokens = await Promise.all(heard.map(({body}) => jwtVerify(body, jwks)));
  assert.equal(tokens[0].payload.jti, tokens[1].payload.jti);
});

test('events: without the developer\'s flag nothing inside is called', async () => {
  sender.child.kill('SIGTERM');
  assert.deepEqual(await sender.ended, {code: 0, signal: null});
  heard = [];
  sender = await startSender();
  await call('POST', '/v1/orders', {orderToken: orderToken(guide, partner, 'EVENT-3')});
  await call('POST', '/v1/orders/EVENT-3/cancel', {});
  const refused = await until(async () => {
    const {items} = await call('GET', '/v1/events?state=waiting');
    return items.find(event => event.lastError?.includes('https'));
  });
  assert.equal(refused.type, 'order.cancelled');
  assert.equal(heard.length, 0);
});

test('ledger verify: says that the books hold, and where there are none', async () => {
  const sound = await kiosk(['ledger', 'verify', '--data', data, '--json']);
  assert.equal(sound.code, 0, sound.stderr);
  assert.equal(JSON.parse(sound.stdout).sound, true);
  const none = await kiosk(['ledger', 'verify', '--data', join(data, 'nothing')]);
  assert.notEqual(none.code, 0);
  assert.match(none.stderr, /there is no store/);
});
