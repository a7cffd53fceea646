// The set-up on a machine that is ready: it finds that out quickly and leaves everything alone.

import assert from 'node:assert/strict';
import {join} from 'node:path';
import {test} from 'node:test';

import {run} from '../runner/process.mjs';
import {root} from '../support/kiosk.mjs';

const setUp = join(root, 'sdk/setup/setup.sh');

test('with nothing to do the set-up says so', async () => {
  // The first start may have something to do; how long the second takes is told, not asserted.
  assert.equal((await run('bash', [setUp], {timeoutMs: 900_000})).code, 0);
  const result = await run('bash', [setUp], {timeoutMs: 60_000});
  assert.equal(result.code, 0, result.stderr);
  assert.match(result.stdout, /build +nothing to do/);
  console.log(`nothing to do took ${result.ms} ms`);
});

test('an unknown flag is answered with what is allowed', async () => {
  const result = await run('bash', [setUp, '--dance'], {timeoutMs: 10_000});
  assert.equal(result.code, 2);
  assert.match(result.stdout, /KIOSK_V8_ROOT/);
});
