/*---
id: SBX-REALM-016
title: the iteration of arrays cannot be rewritten, that of one iterator can
level: 2
grants: none
expect: ok
---*/
await fails('TypeError', () => {
  Array.prototype[Symbol.iterator] = function* () {};
});
const iterator = [1, 2][Symbol.iterator]();
iterator.next = () => ({ done: true });
equal([...iterator].length, 0, 'an iterator may have a next of its own');
equal([...[1, 2]].length, 2, 'length');
