/*---
id: MOD-131
title: a thousand imports at once of one module evaluate it once
level: 1
grants: none
files: { one.js: "globalThis.count = (globalThis.count ?? 0) + 1; await 1; export const one
    = 1;" }
expect: ok
---*/
const all = await Promise.all(Array.from({length: 1000}, () => import('./one.js')));
equal(globalThis.count, 1, 'evaluations');
equal(new Set(all).size, 1, 'namespaces');
