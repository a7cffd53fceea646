/*---
id: GST-003
title: no name of another platform or of an engine's shell is there
level: 1
template: true
grants: none
expect: ok
---*/
const names = [
  'process',
  'require',
  'module',
  'exports',
  'global',
  'Buffer',
  'Deno',
  'Bun',
  'internalBinding',
  'natives',
  'd8',
  'print',
  'load',
  'read',
  'gc',
  'quit',
  'importScripts',
  'ShadowRealm',
];
for (const name of names) equal(name in globalThis, false, `"${name}" in globalThis`);
