/*---
id: ARGS-140
title: properties that are not enumerable are neither sent nor read
level: 2
grants: none
expect: ok
---*/
let read = 0;
const value = Object.defineProperty({a: 1}, 'secret', {get: () => ++read, enumerable: false});
await kiosk.storage.local.set({key: 'k', value});
equal(JSON.stringify((await kiosk.storage.local.get({key: 'k'})).value), '{"a":1}', 'the value');
equal(read, 0, 'readings');
