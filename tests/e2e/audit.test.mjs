// `kiosk audit` over the log of a real run: verify, show, export, head, and what they say of a log
// that was edited or cut.

import assert from 'node:assert/strict';
import {copyFileSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';

import {kiosk, temporaryFolder, writeApp} from '../support/kiosk.mjs';

const app = writeApp(`
  await kiosk.storage.local.set({key: 'canary', value: 'a secret of the user'});
  await kiosk.storage.local.get({key: 'canary'});
`);

async function ran() {
  const data = temporaryFolder();
  const result = await kiosk(['run', app, '--render', 'none', '--data', data, '--user', 'anna']);
  assert.equal(result.code, 0, result.stderr);
  return {data, log: join(data, 'audit', '0', '000001.ndjson')};
}

test('a run leaves a sound log with signed heads, and no data in it', async () => {
  const {data, log} = await ran();
  const said = await kiosk(['audit', 'verify', '--data', data]);
  assert.equal(said.code, 0, said.stdout + said.stderr);
  assert.match(said.stdout, /all sound; [1-9]\d* signed heads/);
  const report = JSON.parse((await kiosk(['audit', 'verify', '--json', '--data', data])).stdout);
  assert.equal(report.sound, true);
  assert.equal(report.unsignedRecords, 0);
  assert.doesNotMatch(readFileSync(log, 'utf8'), /canary|secret|anna/);
});

test('show and export choose records; export gives the lines as they stand', async () => {
  const {data, log} = await ran();
  const shown = await kiosk(['audit', 'show', '--data', data, '--method', 'storage.local.set']);
  assert.equal(shown.code, 0, shown.stderr);
  assert.match(shown.stdout, /call .*storage\.local\.set {2}allowed {2}ok/);
  assert.equal(shown.stdout.trim().split('\n').length, 1);
  const all = await kiosk(['audit', 'export', '--data', data]);
  assert.equal(all.stdout, readFileSync(log, 'utf8'));
  const anna = await kiosk(['audit', 'export', '--data', data, '--user', 'anna']);
  assert.equal(anna.stdout.trim().split('\n').length, 4, 'opened, two calls, closed');
  const boris = await kiosk(['audit', 'export', '--data', data, '--user', 'boris']);
  assert.equal(boris.stdout, '');
  assert.equal((await kiosk(['audit', 'show', '--data', data, '--since', 'today'])).code, 2);
});

test('an edited record is named by verify, and show says that the log is not sound', async () => {
  const {data, log} = await ran();
  const lines = readFileSync(log, 'utf8').split('\n');
  lines[2] = lines[2].replace('"app":"', '"app":"x');
  writeFileSync(log, lines.join('\n'));
  const said = await kiosk(['audit', 'verify', '--data', data]);
  assert.equal(said.code, 1);
  assert.match(said.stdout, /NOT sound\. .*000001\.ndjson, record 3:/);
  const shown = await kiosk(['audit', 'show', '--data', data]);
  assert.equal(shown.code, 1);
  assert.match(shown.stderr, /NOT sound/);
});

test('a log put back to an older state is seen by a head that was kept elsewhere', async () => {
  const {data, log} = await ran();
  const head = join(data, 'audit', '0', 'head');
  const old = [log, head].map(path => [path, path + '.old']);
  for (const [path, copy] of old) copyFileSync(path, copy);
  await kiosk(['run', app, '--render', 'none', '--data', data, '--user', 'anna']);
  const kept = join(temporaryFolder(), 'heads');
  writeFileSync(kept, (await kiosk(['audit', 'head', '--data', data])).stdout);
  assert.equal((await kiosk(['audit', 'verify', '--data', data, '--head', kept])).code, 0);
  for (const [path, copy] of old) copyFileSync(copy, path);
  assert.equal((await kiosk(['audit', 'verify', '--data', data])).code, 0);
  assert.equal((await kiosk(['audit', 'verify', '--data', data, '--head', kept])).code, 1);
});

test('a log of another host is refused by its key', async () => {
  const {data} = await ran();
  const folder = temporaryFolder();
  assert.equal((await kiosk(['keygen', join(folder, 'other')])).code, 0);
  const key = join(folder, 'other.pub');
  const said = await kiosk(['audit', 'verify', '--data', data, '--key', key]);
  assert.equal(said.code, 1);
  assert.match(said.stdout, /not the host's/);
});
