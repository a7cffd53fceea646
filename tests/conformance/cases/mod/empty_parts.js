/*---
id: MOD-161
title: a slash at the end and an empty part of a path are kept, and name no file
level: 1
refs: ["SBX-MOD"]
grants: none
files: {
  one.js: "export const one = 1;",
  lib/two.js: "export {one} from '../one.js';\nexport const load = name => import(name);" }
expect: ok
---*/
import {load} from './lib/two.js';
const none = [
  './one.js/', './one.js/.', './one.js/..', './/one.js', '//one.js', './//one.js', './lib//two.js',
  './lib//../one.js', '/lib//two.js', 'app://org.example.test//one.js',
  'app://org.example.test/one.js/', './one.js//', './one.js/./', './lib/two.js/../', './lib/..'
];
for (const name of none) await fails('TypeError', () => import(name));
for (const name of ['..//one.js', './two.js/', './/two.js', '../one.js/']) {
  await fails('TypeError', () => load(name));
}
// As in any URL, `..` takes the part before it, an empty one too.
const good = [
  './one.js', '././one.js', './lib/../one.js', './nowhere/../one.js', './/../one.js', '/one.js',
  './lib/./../one.js', './one.js/../one.js', 'app://org.example.test/lib/../one.js'
];
for (const name of good) equal((await import(name)).one, 1, name);
equal((await load('../lib//../../one.js')).one, 1, 'from a folder');
