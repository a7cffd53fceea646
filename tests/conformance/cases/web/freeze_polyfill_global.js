/*---
id: WEB-FREEZE-007
title: an app may replace a global by its own, but not a built-in of another
level: 2
grants: none
expect: ok
---*/
globalThis.structuredClone = (value) => value;
equal(structuredClone(5), 5, 'the polyfill');
globalThis.MyGlobal = 1;
equal(MyGlobal, 1, 'a new global');
await fails('TypeError', () => {
  Array.prototype.newMethod = () => {};
});
await fails('TypeError', () => {
  Math.max = () => 0;
});
await fails('TypeError', () => {
  JSON.parse = () => 0;
});
