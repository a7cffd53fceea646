/*---
id: MOD-106
title: a module by its full name is the same module as by its path
level: 1
grants: none
files: { one.js: "export const mark = {};" }
expect: ok
---*/
const first = await import('./one.js');
const second = await import('app://org.example.test/one.js');
const third = await import('/one.js');
equal(first === second && second === third, true, 'one module');
