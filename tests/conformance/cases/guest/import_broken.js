/*---
id: GST-007
title: importing a module that throws, twice and in a cycle, is an ordinary error
level: 1
template: true
grants: none
files: {
    broken.js: "import './cycle.js'; throw new RangeError('broken');",
    cycle.js: "import './broken.js'; export const here = 1;",
    syntax.js: "export const = 1;" }
expect: ok
---*/
await fails('RangeError', () => import('./broken.js'));
await fails('RangeError', () => import('./broken.js'));
await fails('SyntaxError', () => import('./syntax.js'));
await fails('SyntaxError', () => import('./syntax.js'));
