// The enforcement points: the tool names them, and no program that is installed can switch one off.

import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';

import {buildDir, kiosk} from '../support/kiosk.mjs';

test('doctor --guards names each guard, what it keeps out and who notices', async () => {
  const result = await kiosk(['doctor', '--guards', '--json']);
  assert.equal(result.code, 0, result.stderr);
  const guards = JSON.parse(result.stdout);
  assert.ok(guards.length >= 70, `${guards.length} guards`);
  assert.equal(new Set(guards.map(({name}) => name)).size, guards.length);
  for (const {name, keepsOut, noticedBy} of guards) {
    assert.match(name, /^[a-z]+\.[A-Za-z]+$/);
    assert.ok(keepsOut.length > 10, name);
    assert.match(noticedBy, /^(unit-[a-z]+|conformance)$/);
  }
  const text = await kiosk(['doctor', '--guards']);
  for (const {name} of guards) assert.ok(text.stdout.includes(`  ${name} `), name);
});

test('no program but those of the mutation build has a switch for its guards', () => {
  for (const program of ['kiosk', 'kiosk-guest', 'minimal-host']) {
    const bytes = readFileSync(join(buildDir, 'bin', program));
    assert.ok(!bytes.includes('KIOSK_GUARD_OFF'), program);
  }
});
