/*---
id: MOD-129
title: a graph whose last leaf is missing fails as a whole and can be tried again
level: 1
grants: none
files: { a.js: "import './b.js'; export const a = 1;", b.js: "import './c.js';", c.js:
    "import './absent.js';" }
expect: ok
---*/
const error = await fails('TypeError', () => import('./a.js'));
assert(error.message.includes('./absent.js'), 'the message names the leaf');
assert(error.message.includes('c.js'), 'and who asked');
await fails('TypeError', () => import('./a.js'));
