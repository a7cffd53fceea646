/*---
id: MOD-134
title: an import from a timer, a listener or a microtask is resolved from its own module
level: 1
refs: ["CVE-2021-23449"]
grants: none
files: { lib/two.js: "export const later = () => new Promise(r => setTimeout(() =>
    r(import('./near.js')), 1));", lib/near.js: "export const near = 1;" }
expect: ok
---*/
const {later} = await import('./lib/two.js');
equal((await later()).near, 1, 'from a timer');
await fails('TypeError', () => Promise.resolve('./near.js').then(name => import(name)));
