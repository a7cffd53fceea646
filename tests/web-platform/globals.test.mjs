// Goal: what an app finds on the global object is published, and nothing joins it unseen. Method:
// an app prints the names; they must be those of tests/conformance/globals.txt and the methods of
// the catalogue, in both tiers, and each name of the file must be explained in docs/globals.md.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { catalogueMethods } from '../../runtime/guest/web/tools/catalogue.mjs';
import { kiosk, root, writeApp } from '../support/kiosk.mjs';

const kPrint = `
const names = Reflect.ownKeys(globalThis).map(String);
const walk = (object, path) => {
  for (const key of Object.keys(object)) {
    const inner = object[key];
    const isSpace = typeof inner === 'object' && Object.getPrototypeOf(inner) === null;
    if (isSpace) walk(inner, path + key + '.');
    else names.push(path + key);
  }
};
walk(kiosk, 'kiosk.');
names.sort();
for (let i = 0; i < names.length; i += 50) console.log(names.slice(i, i + 50).join(' '));
`;

// What later versions of V8 than Debian 12's bring themselves.
const kNewer = new Set(['Float16Array']);

const published = readFileSync(join(root, 'tests/conformance/globals.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '');

for (const tier of ['jit', 'jitless']) {
  test(`the global names are the published ones, ${tier}`, async () => {
    const result = await kiosk(['run', writeApp(kPrint), '--events', '--tier', tier]);
    const names = result.events
      .filter(({ event }) => event === 'log')
      .flatMap(({ text }) => text.split(' '));
    const methods = catalogueMethods(join(root, 'bridge')).map(({ name }) => `kiosk.${name}`);
    assert.deepEqual(
      names.filter((name) => !kNewer.has(name)),
      [...published, ...methods].sort(),
    );
  });
}

test('every published name is explained in docs/globals.md', () => {
  const page = readFileSync(join(root, 'docs/globals.md'), 'utf8');
  const named = new Set([...page.matchAll(/`([^`\s]+)`/g)].map(([, name]) => name));
  assert.deepEqual(
    published.filter((name) => !named.has(name)),
    [],
  );
});
