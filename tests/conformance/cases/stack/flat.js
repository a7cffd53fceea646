/*---
id: STACK-114
title: flat of a list that holds itself is a RangeError
level: 3
refs: ["SBX-STACK-014"]
grants: none
expect: ok
---*/
const list = [];
list.push(list);
await fails('RangeError', () => list.flat(Infinity));
