// Goal: the JavaScript half keeps the promises of tests/conformance/cases/web on Node's own V8, so
// that a change is tried in a second and on another version of V8 than the guest's. Method: each
// case runs in a realm with the bundle in it, against a host that knows no method. What a case
// expects of the tool around it (its log, its end) is judged where the real guest runs.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bundle } from '../../runtime/guest/web/tools/bundle.mjs';
import { splitCase } from './front_matter.mjs';
import { makeRealm } from './realm.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const conformance = join(here, '../conformance');
const harness = readFileSync(join(conformance, 'harness.js'), 'utf8').replace(/^export /gm, '');
const source = await bundle();

// What Node's vm does otherwise than the guest's engine.
const engineOnly = new Map([
  ['WEB-CLONE-001', 'the stand-in for structuredClone copies into another realm'],
  ['WEB-EVENT-008', 'rejections are reported to Node itself'],
  ['WEB-EVENT-009', 'rejections are reported to Node itself'],
  ['WEB-ENC-006', 'there is no quota of buffers'],
  ['SBX-REALM-022', 'the global object of a vm context ignores attributes'],
  ['SBX-REALM-023', 'vm has WebAssembly and SharedArrayBuffer'],
]);

function sizeOf(text) {
  return Number.parseInt(text, 10) * (/K$/.test(text) ? 1024 : 1);
}

function limitsOf(limits = {}) {
  const read = {};
  if (limits.timers !== undefined) read.timers = limits.timers;
  if (limits.message !== undefined) read.messageBytes = sizeOf(limits.message);
  return read;
}

for (const file of readdirSync(join(conformance, 'cases/web')).sort()) {
  const { meta, body } = splitCase(readFileSync(join(conformance, 'cases/web', file), 'utf8'));
  const skip = engineOnly.get(meta.id) ?? false;
  test(`${meta.id}: ${meta.title}`, { skip }, async () => {
    const realm = await makeRealm(source, { limits: limitsOf(meta.budget) });
    await realm.run(`${harness}\n${body}`);
    if (realm.sentBytes > realm.messageBytesMax) {
      throw new Error(`a frame has ${realm.sentBytes} bytes`);
    }
  });
}
