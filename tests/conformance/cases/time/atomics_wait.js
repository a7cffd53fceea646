/*---
id: TIME-106
title: Atomics.wait blocks nobody and measures nothing
level: 3
refs: ["SBX-TIME-003"]
grants: none
expect: ok
---*/
const before = Date.now();
await fails('TypeError', () => Atomics.wait(new Int32Array(4), 0, 0, 1000));
await fails('TypeError', () => Atomics.wait(new BigInt64Array(4), 0, 0n, 1000));
assert(Date.now() - before < 500, 'nothing was waited for');
equal(Atomics.notify(new Int32Array(4), 0), 0, 'woken');
