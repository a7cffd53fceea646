/*---
id: TIME-113
title: a WeakRef keeps its object for the whole turn
level: 3
refs: ["SBX-TIME-006", "ECMA-262, WeakRef"]
grants: none
expect: ok
---*/
const reference = new WeakRef({a: 1});
for (let i = 0; i < 100; ++i) new Array(1000).fill(i);
equal(reference.deref()?.a, 1, 'in the same turn');
