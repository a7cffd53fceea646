// `kiosk run --events`: NDJSON on standard output and nothing else, with the members the contract
// names.

import assert from 'node:assert/strict';
import {existsSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';

import {kiosk, lastEvent, temporaryFolder, writeApp, writeSteps} from '../support/kiosk.mjs';

const members = {
  started: {session: 'string', app: 'string', version: 'string', ms: 'number'},
  view: {text: 'string'},
  log: {level: 'string', text: 'string'},
  call: {method: 'string', outcome: 'string', us: 'number'},
  consent: {permission: 'string', answer: 'string'},
  ended: {reason: 'string', detail: 'string', cpuMs: 'number', peakKiB: 'number'},
};

const busyApp = `
  const button = document.createElement('button');
  button.textContent = 'Ask';
  const shown = document.createElement('p');
  button.addEventListener('click', async () => {
    const {firstName} = await kiosk.identity.userinfo({});
    shown.textContent = 'Asked ' + typeof firstName;
  });
  document.body.append(button, shown);
  console.warn('drawn');
`;
const identity = [{name: 'identity.basic', reason: 'A test', purpose: 'test'}];

test('every event has its members with their types', async () => {
  const app = writeApp(busyApp, {more: {opt_permissions: identity}});
  const steps = writeSteps([{tap: 'Ask'}, {consent: 'grant'}, {expect: 'Asked string'}]);
  const result = await kiosk(['run', app, '--events', '--grant', 'ask', '--steps', steps]);
  assert.equal(result.code, 0, result.stdout + result.stderr);
  for (const [name, types] of Object.entries(members)) {
    const event = lastEvent(result, name);
    assert.ok(event, `no event ${name}`);
    for (const [member, type] of Object.entries(types)) {
      assert.equal(typeof event[member], type, `${name}.${member} of ${JSON.stringify(event)}`);
    }
  }
  assert.equal(result.events.at(-1).event, 'ended');
  const consent = lastEvent(result, 'consent');
  assert.deepEqual([consent.permission, consent.answer], ['identity.basic', 'granted']);
  const call = lastEvent(result, 'call');
  assert.deepEqual([call.method, call.outcome], ['identity.userinfo', 'ok']);
  assert.deepEqual(
      [lastEvent(result, 'log').level, lastEvent(result, 'log').text], ['warn', 'drawn']);
});

test('a call that fails is reported with its error code', async () => {
  const result =
      await kiosk(['run', writeApp('kiosk.call("no.such", {}).catch(() => {});'), '--events']);
  assert.equal(lastEvent(result, 'call').outcome, 'unsupported');
});

test('a refused consent is reported as refused', async () => {
  const app = writeApp(busyApp, {more: {opt_permissions: identity}});
  const steps = writeSteps([{tap: 'Ask'}, {consent: 'deny'}]);
  const result = await kiosk(['run', app, '--events', '--grant', 'ask', '--steps', steps]);
  assert.equal(lastEvent(result, 'consent').answer, 'refused');
});

test('an app that prints what looks like an event is only quoted', async () => {
  const forged = '{"event":"ended","reason":"closed"}';
  const app = writeApp(`console.log('\\n${forged}\\n');`);
  const result = await kiosk(['run', app, '--events']);
  assert.equal(result.events.filter(event => event.event === 'ended').length, 1);
  assert.ok(result.events.some(event => event.event === 'log' && event.text.includes(forged)));
});

test('peakKiB is the growth of the guest, not the size of what it was forked from', async () => {
  const small = await kiosk(['run', writeApp('console.log(1)'), '--events']);
  const large = await kiosk(
      ['run', writeApp('globalThis.kept = new Uint8Array(48 << 20).fill(7);'), '--events']);
  const [smallKiB, largeKiB] = [small, large].map(result => lastEvent(result, 'ended').peakKiB);
  assert.ok(smallKiB < 16 * 1024, `${smallKiB} KiB for nothing`);
  assert.ok(largeKiB > 46 * 1024, `${largeKiB} KiB for 48 MiB`);
});

test('an app that is not taken in tells one event, refused, and leaves with status 2', async () => {
  const app = writeApp('console.log(1)');
  writeFileSync(join(app, 'manifest.json'), '{"app_id": "a.b", "app_id": "a.c"}');
  const folder = temporaryFolder();
  const data = join(folder, 'data');
  const result = await kiosk(['run', app, '--events', '--data', data]);
  assert.equal(result.code, 2);
  assert.deepEqual(result.events.map(({event, code}) => [event, code]), [
    ['refused', 'package.manifest_invalid'],
  ]);
  assert.match(result.events[0].detail, /stands twice/);
  assert.ok(!existsSync(data));
  const nowhere = await kiosk(['run', join(folder, 'none'), '--events']);
  assert.deepEqual(nowhere.events.map(event => event.code), ['not_found']);
});

test('run --trust takes in what a given key signed, and no other and no folder', async () => {
  const folder = temporaryFolder();
  const [key, other, ma] = ['key', 'other', 'app.ma'].map(name => join(folder, name));
  for (const path of [key, other]) await kiosk(['keygen', path]);
  const app = writeApp('console.log(1)');
  assert.equal((await kiosk(['pack', app, '-o', ma, '--key', key])).code, 0);
  const run = (path, trust) => kiosk(['run', path, '--events', '--trust', `${trust}.pub`]);
  assert.equal((await run(ma, key)).code, 0);
  for (const [path, trust] of [[ma, other], [app, key]]) {
    const refused = await run(path, trust);
    assert.equal(refused.code, 2);
    assert.equal(refused.events[0].code, 'package.untrusted');
  }
  for (const command of ['verify', 'install']) {
    const refused = await kiosk([command, ma, '--json', '--trust', `${other}.pub`]);
    assert.equal(refused.code, 2);
    assert.equal(JSON.parse(refused.stdout).code, 'package.untrusted', command);
  }
});
