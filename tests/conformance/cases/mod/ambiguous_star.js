/*---
id: MOD-130
title: a name that two stars export is a SyntaxError
level: 1
grants: none
files: { a.js: "export const x = 1;", b.js: "export const x = 2;", both.js: "export * from
    './a.js'; export * from './b.js';", user.js: "import {x} from './both.js'; export const
    y = x;" }
expect: ok
---*/
await fails('SyntaxError', () => import('./user.js'));
equal(Object.keys(await import('./both.js')).length, 0, 'names of the star');
