/*---
id: MOD-112
title: a folder, the root and an empty name are no modules
level: 1
grants: none
files: { lib/index.js: "export const lib = 1;" }
expect: ok
---*/
for (const name of ['.', './', './lib', './lib/', '/', '', '..', 'lib', '@scope/lib', '#lib']) {
  await fails('TypeError', () => import(name));
}
