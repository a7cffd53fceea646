/*---
id: GST-005
title: modules come from the package alone
level: 1
template: true
guards: [guest.specifier]
grants: none
files: {
    lib/two.js: "import {one} from '../one.js';
      export const two = one + 1; export const where = import.meta.url;",
    one.js: "export const one = 1;" }
expect: ok
---*/
import {two, where} from './lib/two.js';
equal(two, 2, 'a module of a module');
const isOfHost = where.includes('/tmp') || where.startsWith('file:');
assert(!isOfHost, 'import.meta.url tells nothing of the host');
const {one} = await import('./one.js');
equal(one, 1, 'a dynamic import');
for (const name of ['node:fs', 'fs', 'file:///etc/passwd', '/etc/passwd', '../../etc/passwd',
                    '../one.js', './lib/../../one.js', 'https://example.org/x.js',
                    'data:text/javascript,1', './absent.js']) {
  let reached = true;
  try {
    await import(name);
  } catch {
    reached = false;
  }
  assert(!reached, `import of ${name} fails`);
}
