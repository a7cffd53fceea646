/*---
id: MOD-126
title: a cycle of modules that wait for each other is evaluated once each
level: 1
refs: ["SBX-MOD"]
grants: none
files: { a.js: "import {log} from './log.js'; import './b.js'; await 1; log.push('a');",
    b.js: "import {log} from './log.js'; import './c.js'; await 1; log.push('b');", c.js:
    "import {log} from './log.js'; import './a.js'; await 1; log.push('c');", log.js:
    "export const log = [];" }
expect: ok
---*/
import {log} from './log.js';
await Promise.all([import('./a.js'), import('./b.js'), import('./c.js')]);
equal(log.join(), 'c,b,a', 'the order');
