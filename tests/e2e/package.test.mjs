// keygen, pack and verify: from a folder to a signed package that another machine can check.

import assert from 'node:assert/strict';
import {existsSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';

import {kiosk, manifest, temporaryFolder, writeApp, writeFiles} from '../support/kiosk.mjs';

const hello = 'console.log("hello");\n';

/// A key, and the package of a small app signed with it.
async function signedPackage() {
  const folder = temporaryFolder();
  const key = join(folder, 'developer.key');
  const ma = join(folder, 'app.ma');
  assert.equal((await kiosk(['keygen', key])).code, 0);
  const packed = await kiosk(['pack', writeApp(hello), '-o', ma, '--key', key]);
  assert.equal(packed.code, 0, packed.stderr);
  return {folder, key, ma};
}

test('keygen writes a key that only its owner reads, and the public key beside it', async () => {
  const key = join(temporaryFolder(), 'k');
  const result = await kiosk(['keygen', key]);
  assert.equal(result.code, 0, result.stderr);
  assert.equal(statSync(key).mode & 0o777, 0o600);
  assert.ok(existsSync(`${key}.pub`));
});

test('keygen does not write over a key that is there', async () => {
  const key = join(temporaryFolder(), 'k');
  await kiosk(['keygen', key]);
  const before = readFileSync(key);
  assert.notEqual((await kiosk(['keygen', key])).code, 0);
  assert.deepEqual(readFileSync(key), before);
});

test('pack gives the same bytes for the same folder', async () => {
  const folder = temporaryFolder();
  const app = writeApp(hello);
  for (const name of ['a.ma', 'b.ma']) {
    assert.equal((await kiosk(['pack', app, '-o', join(folder, name)])).code, 0);
  }
  assert.deepEqual(readFileSync(join(folder, 'a.ma')), readFileSync(join(folder, 'b.ma')));
});

test('verify says whose a sound package is, and exits 0', async () => {
  const {ma} = await signedPackage();
  const result = await kiosk(['verify', ma]);
  assert.equal(result.code, 0, result.stderr);
  assert.match(result.stdout, /org\.example\.test/);
});

test('verify says what an app can learn of a user at most', async () => {
  const folder = temporaryFolder();
  const ma = join(folder, 'app.ma');
  await kiosk(['keygen', join(folder, 'key')]);
  const more = {
    req_permissions: [{name: 'identity.basic', reason: 'to greet', purpose: 'greeting'}],
    opt_permissions: [{name: 'identity.phone', reason: 'to call', purpose: 'delivery'}],
    budget: {privacy_points: 8},
  };
  await kiosk(['pack', writeApp(hello, {more}), '-o', ma, '--key', join(folder, 'key')]);
  const {privacy} = JSON.parse((await kiosk(['verify', ma, '--json'])).stdout);
  assert.deepEqual(
      [privacy.pointsMax, privacy.required, privacy.declared, privacy.requiredFits],
      [8, 2, 7, true]);
  const printed = (await kiosk(['verify', ma])).stdout;
  assert.match(printed, /identity\.phone +5 +phone/);
});

test('verify --trust accepts the developer that it is given and refuses another', async () => {
  const {folder, key, ma} = await signedPackage();
  assert.equal((await kiosk(['verify', ma, '--trust', `${key}.pub`])).code, 0);
  const other = join(folder, 'other.key');
  await kiosk(['keygen', other]);
  assert.equal((await kiosk(['verify', ma, '--trust', `${other}.pub`])).code, 2);
});

test('verify and run refuse a package with one changed byte anywhere', async () => {
  const {folder, ma} = await signedPackage();
  const bytes = readFileSync(ma);
  const changed = join(folder, 'changed.ma');
  for (const at of [40, Math.floor(bytes.length / 2), bytes.length - 30]) {
    const copy = Buffer.from(bytes);
    copy[at] ^= 1;
    writeFileSync(changed, copy);
    assert.equal((await kiosk(['verify', changed])).code, 2, `byte ${at} of ${bytes.length}`);
    assert.equal((await kiosk(['run', changed, '--render', 'none'])).code, 2, `byte ${at}`);
  }
});

test('a package without a signature is not run', async () => {
  const ma = join(temporaryFolder(), 'unsigned.ma');
  assert.equal((await kiosk(['pack', writeApp(hello), '-o', ma])).code, 0);
  const result = await kiosk(['run', ma, '--render', 'none']);
  assert.equal(result.code, 2);
  assert.match(result.stderr, /sign/);
});

test('a signed package runs like its folder', async () => {
  const {ma} = await signedPackage();
  const result = await kiosk(['run', ma, '--events']);
  assert.equal(result.code, 0, result.stderr);
  assert.ok(result.events.some(event => event.event === 'log' && event.text === 'hello'));
});

test('a manifest error names the field, what is wrong and what is allowed', async () => {
  for (const [more, field] of [
           [{version: {name: '1', code: 0}}, 'code'],
           [{app_id: 'no dots'}, 'app_id'],
           [{name: 'n'.repeat(46)}, 'name'],
           [{unknown_field: 1}, 'unknown_field'],
           [{entry: '../escape.js'}, 'entry'],
  ]) {
    const app = writeFiles(writeApp(hello), {'manifest.json': manifest(more)});
    const result = await kiosk(['run', app, '--render', 'none']);
    assert.equal(result.code, 2, `${field}: ${result.stderr}`);
    assert.ok(result.stderr.includes(field), `${field}: ${result.stderr}`);
  }
});
