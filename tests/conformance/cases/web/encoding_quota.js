/*---
id: WEB-ENC-006
title: bytes past the quota of buffers are refused with a RangeError, and the app goes on
level: 2
grants: none
budget: { heap: 32M }
expect: ok
---*/
const text = 'ж'.repeat(8 << 20);
const kept = [];
await fails('RangeError', () => {
  for (let i = 0; i < 100; ++i) kept.push(new TextEncoder().encode(text));
});
kept.length = 0;
equal(new TextEncoder().encode('a').length, 1, 'afterwards');
