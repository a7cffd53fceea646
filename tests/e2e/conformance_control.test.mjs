// Each case of the suite that says `control: naive` must succeed as an attack on a naive host in
// one process: a case that is safe everywhere proves nothing. Each runs in a process of its own
// with a watchdog.

import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';

import {run} from '../runner/process.mjs';
import {root, slowness} from '../support/kiosk.mjs';
import {splitCase} from '../web-platform/front_matter.mjs';

const skip = slowness > 1 && 'no program of ours takes part';
const naiveHost = join(root, 'tests/conformance/control/naive_host.mjs');
const suite = join(root, 'tests/conformance/cases');
/// What takes longer than this in one turn has the process for itself.
const watchdogMs = 2_500;
const heapMiB = 64;

const cases = readdirSync(suite).flatMap(
    family => readdirSync(join(suite, family))
                  .filter(name => name.endsWith('.js'))
                  .map(name => join(suite, family, name)));
const controls = cases.map(path => ({path, ...splitCase(readFileSync(path, 'utf8'))}))
                     .filter(({meta}) => meta.control === 'naive');

const attempt = path =>
    run(process.execPath, [`--max-old-space-size=${heapMiB}`, naiveHost, path],
        {timeoutMs: watchdogMs, env: {NO_COLOR: '1'}});

/// Whether the attack succeeded, by what the case expects of a real host.
function succeeded({expect}, {stdout, stderr, signal, timedOut}) {
  const lines = stdout.split('\n');
  const said = lines.findLast?.(line => line.startsWith('@case ')) ??
      lines.filter(line => line.startsWith('@case ')).at(-1);
  if (expect?.ended !== undefined) return timedOut || signal !== null || /FATAL ERROR/.test(stderr);
  if (expect?.logs !== undefined) {
    return [expect.logs].flat().some(text => !stdout.includes(text));
  }
  return said?.startsWith('@case error AssertionFailed') ?? timedOut;
}

test('the suite has controls of several families', {skip}, () => {
  const families = new Set(controls.map(({meta}) => meta.id.split('-')[0]));
  assert.ok(controls.length >= 40, `${controls.length} controls`);
  assert.ok(families.size >= 5, [...families].join());
});

for (const {path, meta} of controls) {
  test(`${meta.id} succeeds as an attack on a naive host`, {skip}, async () => {
    const result = await attempt(path);
    const {stdout, stderr, code, signal, timedOut} = result;
    assert.ok(
        succeeded(meta, result),
        JSON.stringify(
            {stdout: stdout.slice(-500), stderr: stderr.slice(-500), code, signal, timedOut}));
  });
}
