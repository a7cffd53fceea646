// Each case of the suite that says `control: naive` must succeed as an attack on a naive host in
// one process: a case that is safe everywhere proves nothing. `kiosk conformance --against naive`
// tries them, each in a process of its own with a watchdog.

import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';

import {kiosk, slowness, temporaryFolder, writeFiles} from '../support/kiosk.mjs';

const skip = slowness > 1 && 'no program of ours takes part';
const runMsMax = 600_000;
const controlsMin = 120;

/// What the tool says of the cases on `host`, and its against.json if it wrote one.
async function against(host, more = [], node = process.execPath) {
  const out = join(temporaryFolder(), 'out');
  const args = ['conformance', '--against', host, '--node', node, '--out', out];
  const result = await kiosk([...args, ...more], {timeoutMs: runMsMax});
  const report = () => JSON.parse(readFileSync(join(out, 'against.json'), 'utf8'));
  return {...result, report};
}

const ownCase = body => `/*---
id: MINE-001
title: a case of a reviewer's own
level: 4
control: naive
expect: { error: permission_denied, host: { callsOk: 0 } }
---*/
${body}
`;

test('every marked case succeeds as an attack on the naive host', {skip}, async () => {
  const result = await against('naive');
  assert.equal(result.code, 0, result.stdout + result.stderr);
  const {runs} = result.report();
  assert.deepEqual(runs.filter(run => run.attack !== 'succeeded'), []);
  assert.ok(runs.length >= controlsMin, `${runs.length} controls`);
  const families = new Set(runs.map(({family}) => family));
  assert.ok(families.size >= 12, [...families].join());
});

test('a marked case that is safe on the naive host is refused, and named', {skip}, async () => {
  const folder = temporaryFolder();
  const tries = async body => {
    writeFiles(folder, {'own/mine.js': ownCase(body)});
    return against('naive', ['--cases', folder, '--filter', 'MINE-']);
  };
  const attack = await tries('await kiosk.identity.userinfo();');
  assert.equal(attack.code, 0, attack.stdout + attack.stderr);
  assert.match(attack.stdout, /1 of 1 cases succeed as attacks/);
  const safe = await tries('throw Object.assign(new Error(), {code: \'permission_denied\'});');
  assert.equal(safe.code, 1, safe.stdout + safe.stderr);
  assert.match(safe.stdout, /^SAFE {3}MINE-001: error permission_denied/m);
  // A case that does not come to its point shows nothing either.
  const lost = await tries('kiosk.nothing.of.this();');
  assert.equal(lost.code, 1, lost.stdout + lost.stderr);
  assert.match(lost.stdout, /^SAFE {3}MINE-001: error TypeError/m);
});

test('without Node.js, or without the package, it says what to install', {skip}, async () => {
  const noNode = await against('naive', [], 'no-such-node');
  assert.equal(noNode.code, 2, noNode.stdout);
  assert.match(noNode.stderr, /no no-such-node: --against needs Node\.js 18 or newer/);
  const noPackage = await against('isolated-vm', ['--modules', temporaryFolder()]);
  assert.equal(noPackage.code, 2, noPackage.stdout);
  assert.match(noPackage.stderr, /finds no isolated-vm in .*: npm install isolated-vm/);
});
