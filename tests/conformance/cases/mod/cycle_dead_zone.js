/*---
id: MOD-127
title: a cycle that reads what is not there yet is a ReferenceError, and no crash
level: 1
refs: ["SBX-MOD"]
grants: none
files: { a.js: "import {b} from './b.js'; export const a = b;", b.js: "import {a} from
    './a.js'; export const b = a;" }
expect: ok
---*/
await fails('ReferenceError', () => import('./a.js'));
await fails('ReferenceError', () => import('./b.js'));
await fails('ReferenceError', () => import('./a.js'));
