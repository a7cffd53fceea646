// What an operator does on the data folder of a real run: export and erase a user, back up and
// restore, change keys.

import assert from 'node:assert/strict';
import {existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';

import {kiosk, lastEvent, temporaryFolder, writeApp} from '../support/kiosk.mjs';

const writer = writeApp(`
  await kiosk.storage.local.set({key: 'note', value: 'canary-local'});
  await kiosk.storage.secure.set({key: 'pin', value: 'canary-secure'});
`);
const reader = `
  const local = await kiosk.storage.local.get({key: 'note'});
  const secure = await kiosk.storage.secure.get({key: 'pin'});
  console.log(local.value + ' ' + secure.value);
`;

async function ran(user = 'anna', data = temporaryFolder()) {
  const result = await kiosk(['run', writer, '--render', 'none', '--data', data, '--user', user]);
  assert.equal(result.code, 0, result.stderr);
  return data;
}

async function reads(data, user = 'anna') {
  // The same app: a folder's id is in its manifest.
  const app = writeApp(reader);
  const args = ['run', app, '--events', '--data', data, '--user', user];
  const result = await kiosk(args);
  return lastEvent(result, 'log')?.text ?? result.stdout + result.stderr;
}

async function done(args) {
  const result = await kiosk(args);
  assert.equal(result.code, 0, args.join(' ') + ': ' + result.stdout + result.stderr);
  return result.stdout;
}

function filesWith(folder, text) {
  return readdirSync(folder, {recursive: true})
      .map(name => join(folder, name))
      .filter(path => statSync(path).isFile() && readFileSync(path).includes(text));
}

test('a user is exported with storage opened, and erased without a trace in any file', async () => {
  const data = await ran();
  await ran('boris', data);
  const out = join(temporaryFolder(), 'anna.json');
  await done(['user', 'export', 'anna', '--data', data, '-o', out]);
  const {data: exported, receipt} = JSON.parse(readFileSync(out, 'utf8'));
  assert.equal(exported.tables.storage_items[0].value_json, 'canary-local');
  assert.equal(exported.secure[0].value, 'canary-secure');
  assert.equal(receipt.split('.').length, 3);
  assert.equal(statSync(out).mode & 0o777, 0o600);
  assert.equal((await kiosk(['user', 'export', 'anna', '--data', data, '-o', out])).code, 2);

  assert.equal((await kiosk(['user', 'erase', 'anna', '--data', data])).code, 2, 'without --yes');
  const erased = JSON.parse(await done(['user', 'erase', 'anna', '--data', data, '--yes']));
  assert.equal(erased.erased.storage_items, 1);
  assert.equal(erased.erased.secure_items, 1);
  await done(['user', 'erase', 'boris', '--data', data, '--yes']);
  assert.deepEqual(filesWith(data, 'canary-'), []);
  assert.equal((await kiosk(['user', 'export', 'anna', '--data', data])).code, 2);
  await done(['audit', 'verify', '--data', data]);
  const kinds = (await done(['audit', 'export', '--data', data, '--kind', 'erased'])).trim();
  assert.equal(kinds.split('\n').length, 2);
});

test('a backup brings back what was there, on another machine too with its keys', async () => {
  const data = await ran();
  const saved = join(temporaryFolder(), 'saved');
  assert.match(await done(['store', 'backup', saved, '--data', data, '--keys']), /^backed up: /);
  await done(['user', 'erase', 'anna', '--data', data, '--yes']);
  assert.match(await reads(data), /null null/);
  assert.equal((await kiosk(['store', 'restore', saved, '--data', data])).code, 2);
  await done(['store', 'restore', saved, '--data', data, '--yes']);
  assert.equal(await reads(data), 'canary-local canary-secure');
  const other = join(temporaryFolder(), 'other');
  await done(['store', 'restore', saved, '--data', other]);
  assert.equal(await reads(other), 'canary-local canary-secure');
});

test('changed keys open and verify what is there; a lost one is named', async () => {
  const data = await ran();
  await done(['keys', 'rotate', '--data', data]);
  await done(['store', 'rotate-key', '--data', data]);
  assert.equal(await reads(data), 'canary-local canary-secure');
  await done(['audit', 'verify', '--data', data]);
  assert.equal(readdirSync(join(data, 'keys', 'retired')).length, 1);
  rmSync(join(data, 'keys', 'storage.key'));
  assert.match(await reads(data), /storage\.key is missing/);
  await done(['store', 'reset-secure', '--data', data, '--yes']);
  assert.match(await reads(data), /canary-local null/);
  renameSync(join(data, 'keys', 'host.key'), join(data, 'keys', 'gone'));
  assert.match(await reads(data), /host\.key is missing/);
  assert.ok(existsSync(join(data, 'kiosk.db')));
});
