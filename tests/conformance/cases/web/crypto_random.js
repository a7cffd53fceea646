/*---
id: WEB-CRYPTO-001
title: random numbers are random, and their limits are kept
level: 2
grants: none
expect: ok
---*/
const a = crypto.getRandomValues(new Uint32Array(16));
const b = crypto.getRandomValues(new Uint32Array(16));
assert(a.join() !== b.join(), 'two draws differ');
await fails('QuotaExceededError', () => crypto.getRandomValues(new Uint8Array(65537)));
await fails('TypeMismatchError', () => crypto.getRandomValues(new Float64Array(1)));
const part = new Uint8Array(8);
crypto.getRandomValues(part.subarray(4));
equal(part.subarray(0, 4).join(), '0,0,0,0', 'only the view is filled');
const ids = new Set(Array.from({ length: 100 }, () => crypto.randomUUID()));
equal(ids.size, 100, 'different ids');
