// The C ABI: what libkiosk.so exports, a host in C, and one in another language.

import assert from 'node:assert/strict';
import {join} from 'node:path';
import {test} from 'node:test';

import {run} from '../runner/process.mjs';
import {buildDir, root, slowness, temporaryFolder} from '../support/kiosk.mjs';

const library = join(buildDir, 'sdk/libkiosk.so');
const guest = join(buildDir, 'bin/kiosk-guest');
// Under a sanitizer the library would need its runtime in programs that know nothing of it.
const skip = slowness > 1 && 'not with a sanitizer';
const app = name => join(root, 'samples/hosts/three-apps/apps', name);

test('libkiosk.so exports kiosk_* and nothing else', {skip}, async () => {
  const {stdout} = await run('nm', ['-D', '--defined-only', library], {timeoutMs: 30_000});
  const names = stdout.split('\n')
                    .filter(line => / [A-Za-z] /.test(line))
                    .map(line => line.split(/\s+/).at(-1).replace(/@.*/, ''));
  assert.ok(names.includes('kiosk_host_create'), stdout.slice(0, 500));
  assert.deepEqual(names.filter(name => !/^(kiosk_[a-z_]+|KIOSK_1)$/.test(name)), []);
});

test('a host in C asks, answers, opens two apps and ends', {skip}, async () => {
  const data = join(temporaryFolder(), 'data');
  const {code, stdout, stderr} = await run(
      join(buildDir, 'bin/c-host'), [guest, data, app('greeter'), app('shop')],
      {timeoutMs: 60_000});
  assert.equal(code, 0, stderr);
  assert.match(stdout, /all of it held/);
});

test('a host in Python does the same with ctypes', {skip}, async () => {
  const data = join(temporaryFolder(), 'data');
  const {code, stdout, stderr} = await run(
      'python3', [join(root, 'tests/c-abi/python_host.py'), library, guest, data, app('shop')],
      {timeoutMs: 60_000});
  assert.equal(code, 0, stderr);
  assert.match(stdout, /all of it held/);
});
