/*---
id: MOD-125
title: a module whose await rejects rejects every import of it with that very error
level: 1
grants: none
files: { bad.js: "await Promise.reject(new RangeError('mine'));" }
expect: ok
---*/
const first = await fails('RangeError', () => import('./bad.js'));
const second = await fails('RangeError', () => import('./bad.js'));
equal(first === second, true, 'the same error');
