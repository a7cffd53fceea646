// Receipts as somebody else checks them: npm's jose and openssl verify what the host signed, and
// `kiosk receipts verify` names whatever was done to a chain.

import assert from 'node:assert/strict';
import {createHash, createPublicKey} from 'node:crypto';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {before, test} from 'node:test';

import {compactVerify, createLocalJWKSet} from 'jose';

import {run} from '../runner/process.mjs';
import {kiosk, temporaryFolder, writeApp, writeSteps} from '../support/kiosk.mjs';

const permission = {name: 'identity.basic', reason: 'to greet you', purpose: 'greeting'};

const asks = `
  const button = document.createElement('button');
  const shown = document.createElement('p');
  button.textContent = 'Go';
  document.body.append(button, shown);
  let tokens = 0;
  button.addEventListener('click', async () => {
    await kiosk.identity.userinfo({});
    await kiosk.consent.revoke({names: ['identity.basic']});
    await kiosk.identity.userinfo({}).catch(() => 0);
    tokens = (await kiosk.consent.receipts({})).length;
    shown.textContent = tokens + ' receipts';
  });
`;

const folder = temporaryFolder();
const data = join(folder, 'data');
let lines, jwks, jwksFile;

before(async () => {
  const app = writeApp(asks, {more: {opt_permissions: [permission]}});
  const steps = writeSteps(
      [{tap: 'Go'}, {consent: 'grant'}, {consent: 'deny'}, {expect: '3 receipts'}]);
  const result = await kiosk(['run', app, '--events', '--steps', steps, '--data', data]);
  assert.equal(result.code, 0, result.stdout + result.stderr);
  const exported = await kiosk(['receipts', 'export', '--data', data]);
  assert.equal(exported.code, 0, exported.stderr);
  lines = exported.stdout.trim().split('\n');
  jwks = JSON.parse((await kiosk(['receipts', 'jwks', '--data', data])).stdout);
  jwksFile = join(folder, 'jwks.json');
  writeFileSync(jwksFile, JSON.stringify(jwks));
});

const payloadOf = token => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));

async function verify(text, more = []) {
  const file = join(folder, 'receipts.txt');
  writeFileSync(file, Array.isArray(text) ? `${text.join('\n')}\n` : text);
  const result = await kiosk(['receipts', 'verify', file, '--jwks', jwksFile, '--json', ...more]);
  return {code: result.code, ...JSON.parse(result.stdout)};
}

test('a grant, its revocation and a refusal each leave a receipt', () => {
  assert.deepEqual(
      lines.slice(0, 3).map(line => payloadOf(line).kind), ['grant', 'revocation', 'refusal']);
  const [grant, revocation, refusal] = lines.map(payloadOf);
  assert.equal(revocation.relatesTo, grant.id);
  assert.equal(revocation.principal, grant.principal);
  assert.equal(grant.text.reason, permission.reason);
  assert.equal(refusal.purpose, permission.purpose);
  assert.deepEqual(grant.dataCategories, ['name', 'username', 'photo', 'language']);
});

test('jose verifies every receipt and the head with the published keys alone', async () => {
  const keys = createLocalJWKSet(jwks);
  for (const line of lines) {
    const {payload, protectedHeader} = await compactVerify(line, keys, {algorithms: ['EdDSA']});
    assert.equal(protectedHeader.alg, 'EdDSA');
    assert.deepEqual(JSON.parse(Buffer.from(payload)), payloadOf(line));
    const parts = line.split('.');
    const bytes = Buffer.from(parts[1], 'base64url');
    bytes[bytes.length - 2] ^= 1;
    parts[1] = bytes.toString('base64url');
    await assert.rejects(compactVerify(parts.join('.'), keys));
  }
});

test('openssl verifies every receipt, and refuses it for another text', async () => {
  const pem = join(folder, 'host.pem');
  const key = createPublicKey({key: jwks.keys[0], format: 'jwk'});
  writeFileSync(pem, key.export({type: 'spki', format: 'pem'}));
  const opensslSays = async (message, signature) => {
    writeFileSync(join(folder, 'message'), message);
    writeFileSync(join(folder, 'signature'), signature);
    return (await run(
                'openssl',
                ['pkeyutl', '-verify', '-pubin', '-inkey', pem, '-rawin', '-in',
                 join(folder, 'message'), '-sigfile', join(folder, 'signature')],
                {timeoutMs: 10_000}))
        .code;
  };
  for (const line of lines) {
    const at = line.lastIndexOf('.');
    const signature = Buffer.from(line.slice(at + 1), 'base64url');
    assert.equal(await opensslSays(line.slice(0, at), signature), 0);
    assert.notEqual(await opensslSays(`${line.slice(0, at - 1)}A.`, signature), 0);
  }
});

test('the chain is what docs/receipts.md says: each names the SHA-256 of the token before', () => {
  let before = '0'.repeat(64);
  for (const line of lines.slice(0, -1)) {
    assert.equal(payloadOf(line).prev, before);
    before = createHash('sha256').update(line).digest('hex');
  }
  assert.equal(payloadOf(lines.at(-1)).hash, before);
});

test('a whole export is sound, and each removal, move and edit in it is named', async () => {
  const whole = await verify(lines);
  assert.deepEqual(
      [whole.code, whole.sound, whole.receipts, whole.head], [0, true, 3, true], whole.why);
  const cut = await verify([lines[0], ...lines.slice(2)]);
  assert.deepEqual([cut.code, cut.badLine, cut.why], [1, 2, 'receipt 2 is missing']);
  const tail = await verify([...lines.slice(0, 2), lines[3]]);
  assert.deepEqual([tail.code, tail.badLine], [1, 3]);
  const moved = await verify([lines[1], lines[0], ...lines.slice(2)]);
  assert.deepEqual([moved.code, moved.badLine], [1, 1]);
  const edited = await verify([lines[0], lines[1].replace(/^./, 'f'), ...lines.slice(2)]);
  assert.deepEqual([edited.code, edited.badLine], [1, 2]);
  assert.equal((await verify(lines.slice(0, 3))).head, false);
});

test('a user gets their own: one alone, or with hashes of what is left out', async () => {
  const one = await verify(`${lines[1]}\n`);
  assert.deepEqual([one.code, one.receipts], [0, 1], one.why);
  const theirs = ['receipts', 'export', '--data', data, '--user', 'anna'];
  assert.equal((await verify((await kiosk(theirs)).stdout, ['--some'])).receipts, 3);
  const nobody = ['receipts', 'export', '--data', data, '--user', 'nobody', '--with-chain'];
  const hashes = await verify((await kiosk(nobody)).stdout);
  assert.deepEqual([hashes.sound, hashes.receipts, hashes.withheld], [true, 0, 3], hashes.why);
});

test('list names each receipt; another host\'s keys verify none of them', async () => {
  const listed = await kiosk(['receipts', 'list', '--data', data, '--json']);
  assert.deepEqual(
      listed.stdout.trim().split('\n').map(line => JSON.parse(line).permission),
      ['identity.basic', 'identity.basic', 'identity.basic']);
  const strange = structuredClone(jwks);
  strange.keys[0].x = Buffer.alloc(32, 7).toString('base64url');
  writeFileSync(join(folder, 'strange.json'), JSON.stringify(strange));
  const file = join(folder, 'receipts.txt');
  const result =
      await kiosk(['receipts', 'verify', file, '--jwks', join(folder, 'strange.json')]);
  assert.notEqual(result.code, 0);
});
