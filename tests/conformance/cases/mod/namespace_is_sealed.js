/*---
id: MOD-119
title: nobody can change what a module exports but the module itself
level: 1
refs: ["SBX-REALM"]
grants: none
files: { one.js: "export let one = 1; export const raise = () => ++one;" }
expect: ok
---*/
const namespace = await import('./one.js');
await fails('TypeError', () => namespace.one = 2);
await fails('TypeError', () => namespace.added = 2);
await fails('TypeError', () => Object.defineProperty(namespace, 'one', {value: 2}));
await fails('TypeError', () => delete namespace.one);
equal(Object.getPrototypeOf(namespace), null, 'its prototype');
namespace.raise();
equal(namespace.one, 2, 'the live binding');
