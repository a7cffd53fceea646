/*---
id: MOD-128
title: a name that a module does not export is a SyntaxError, again and again
level: 1
grants: none
files: { one.js: "export const one = 1;", two.js: "import {absent} from './one.js';" }
expect: ok
---*/
await fails('SyntaxError', () => import('./two.js'));
await fails('SyntaxError', () => import('./two.js'));
equal((await import('./one.js')).one, 1, 'the module itself');
