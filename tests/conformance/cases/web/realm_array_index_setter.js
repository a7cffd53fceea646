/*---
id: SBX-REALM-015
title: no setter of an index can be put on Array.prototype or Object.prototype
level: 2
grants: none
expect: ok
---*/
for (const prototype of [Array.prototype, Object.prototype]) {
  await fails('TypeError', () => Object.defineProperty(prototype, 0, { set() {} }));
  await fails('TypeError', () => Object.defineProperty(prototype, '5', { value: 1 }));
}
const list = [];
list[3] = 1;
equal(0 in list, false, 'a hole');
