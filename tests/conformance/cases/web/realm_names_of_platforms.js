/*---
id: SBX-REALM-023
title: names of other platforms and of the bootstrap are not to be seen
level: 2
grants: none
expect: ok
---*/
const names = [
  'process',
  'require',
  'module',
  'exports',
  'global',
  'Deno',
  'Bun',
  'Buffer',
  'WebAssembly',
  'SharedArrayBuffer',
  'importScripts',
  'XMLHttpRequest',
  'natives',
  'print',
  'load',
  'gc',
  '__core-js_shared__',
  'kioskBundle',
  'bootstrap',
  'd8',
  'localStorage',
  'Worker',
];
for (const name of names) equal(typeof globalThis[name], 'undefined', name);
