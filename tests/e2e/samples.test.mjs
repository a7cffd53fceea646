// The samples, each run as its README says.

import assert from 'node:assert/strict';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {before, test} from 'node:test';

import {run} from '../runner/process.mjs';
import {
  kiosk,
  kioskProgram,
  root,
  slowness,
  temporaryFolder,
  writeSteps,
} from '../support/kiosk.mjs';

const apps = join(root, 'samples/apps');
const minuteMs = 60_000 * slowness;
const names = readdirSync(apps).filter(name => existsSync(join(apps, name, 'manifest.json')));
const built = names.filter(name => existsSync(join(apps, name, 'package.json')));

/// The samples as samples/run packs them; a data folder whose operator trusts their developer.
const folder = temporaryFolder();
const data = join(folder, 'data');
const packTool = join(root, 'samples/tools/pack.mjs');
const pack = () => run('node', [packTool, kioskProgram, folder], {timeoutMs: minuteMs});

before(async () => {
  const packed = await pack();
  assert.equal(packed.code, 0, packed.stdout + packed.stderr);
  mkdirSync(data);
  copyFileSync(join(folder, 'developer.key.pub'), join(data, 'trust.txt'));
});

async function takeTour(name, more = []) {
  const tour = join(apps, name, 'tour.jsonl');
  const result = await kiosk(
      ['run', join(folder, `${name}.ma`), '--events', '--steps', tour, ...more],
      {timeoutMs: minuteMs});
  assert.equal(result.code, 0, result.stdout + result.stderr);
  const outcomes = result.events.filter(event => event.event === 'call')
                       .map(event => `${event.method} ${event.outcome}`);
  return {...result, outcomes};
}

test('what did not change is not packed again', async () => {
  const {stdout} = await pack();
  for (const name of names) assert.match(stdout, new RegExp(`${name} is up to date`));
});

test('hello counts its taps', async () => {
  const steps = writeSteps([{expect: 'Tapped 0 times'}, {tap: 'Tap me'}, {expect: 'Tapped once'}]);
  const result = await kiosk(['run', join(apps, 'hello'), '--render', 'none', '--steps', steps]);
  assert.equal(result.code, 0, result.stderr);
});

for (const name of built) {
  test(`${name} type-checks`, async () => {
    const args = ['run', '--silent', 'check'];
    const checked = await run('npm', args, {cwd: join(apps, name), timeoutMs: minuteMs});
    assert.equal(checked.code, 0, checked.stdout);
  });
}

test('the tour through parcel pays, shares, asks and is proved by the audit', async () => {
  const store = temporaryFolder();
  const {outcomes} = await takeTour('parcel', ['--data', store]);
  for (const method
           of ['identity.userinfo', 'messages.share', 'payments.request', 'support.open']) {
    assert.ok(outcomes.includes(`${method} ok`), `${method}: ${outcomes}`);
  }
  assert.equal((await kiosk(['audit', 'verify', '--data', store])).code, 0);
});

test('the tour through diary shares homework and a signed note, and keeps what was read',
     async () => {
       const {outcomes} = await takeTour('diary');
       const count = method => outcomes.filter(outcome => outcome === `${method} ok`).length;
       assert.equal(count('messages.share'), 2, outcomes);
       assert.equal(count('identity.userinfo'), 1, outcomes);
       assert.equal(count('storage.local.set'), 1, outcomes);
     });

test('diary speaks Russian to who does', async () => {
  const steps = writeSteps([{tap: 'Новости'}, {expect: 'Принесите прочитанную книгу'}]);
  const args = ['run', join(folder, 'diary.ma'), '--language', 'ru', '--steps', steps];
  const result = await kiosk([...args, '--render', 'none']);
  assert.equal(result.code, 0, result.stderr);
});

/// The built diary with `path` changed: a host on which something is wrong.
function changedDiary(path, from, to) {
  const copy = join(temporaryFolder(), 'diary');
  cpSync(join(apps, 'diary/dist'), copy, {recursive: true});
  const text = readFileSync(join(copy, path), 'utf8');
  assert.ok(text.includes(from), `${path} has ${from}`);
  writeFileSync(join(copy, path), text.replace(from, to));
  return copy;
}

test('diary says when its store is full or out of reach, and offers to try again', async () => {
  const full = changedDiary('manifest.json', '"local_kb": 16', '"local_kb": 0');
  const away = changedDiary('app.js', 'kiosk.storage.local.get', 'kiosk.storage.away.get');
  const failed = {expect: 'The diary could not be read.'};
  const news = [{tap: 'News'}, {tap: 'I have read it: Book fair'}];
  const cases = [
    [full, [...news, {expect: 'What you have read could not be kept.'}]],
    [away, [failed, {tap: 'Try again'}, failed]],
  ];
  for (const [folder, steps] of cases) {
    const result = await kiosk(['run', folder, '--render', 'none', '--steps', writeSteps(steps)]);
    assert.equal(result.code, 0, result.stderr);
  }
});

test('the catalogue shows every component that the host lists', () => {
  const list = readFileSync(join(root, 'runtime/host/view/components.json'), 'utf8');
  const source = ['catalogue.ts', 'app.ts'].map(
      file => readFileSync(join(apps, 'components/src', file), 'utf8'));
  const missing = Object.keys(JSON.parse(list).components)
                      .filter(name => !source.some(text => text.includes(`'${name}'`)));
  assert.deepEqual(missing, []);
});

test('all samples are installed side by side, have a raster icon, and open', async () => {
  for (const name of names) {
    const installed = await kiosk(['install', join(folder, `${name}.ma`), '--data', data]);
    assert.equal(installed.code, 0, installed.stderr);
  }
  const list = JSON.parse((await kiosk(['list', '--json', '--data', data])).stdout);
  assert.equal(list.length, names.length);
  for (const name of names) {
    const {app_id: id, icons} =
        JSON.parse(readFileSync(join(apps, name, 'manifest.json'), 'utf8'));
    assert.ok(icons.every(({src}) => src.endsWith('.svg')), 'the source is text');
    const tour = join(apps, name, 'tour.jsonl');
    const steps = existsSync(tour) ? tour : writeSteps([{expect: 'Hello'}]);
    const args = ['run', id, '--data', data, '--render', 'none', '--steps', steps];
    const ran = await kiosk(args, {timeoutMs: minuteMs});
    assert.equal(ran.code, 0, `${name}: ${ran.stderr}`);
  }
});

test('the minimal host opens a mini-app and prints its view', async () => {
  const program = join(process.env.KIOSK_BUILD ?? join(root, 'build'), 'bin/minimal-host');
  const result = await run(program, [join(root, 'samples/apps/hello')], {timeoutMs: minuteMs});
  assert.equal(result.code, 0, result.stderr);
  assert.match(result.stdout, /Hello from a mini-app/);
});
