/*---
id: LOG-112
title: a value that is deep, cyclic and wide is described within one line
level: 5
refs: ["SBX-LOG-001", "vm2 ATTACKS 9"]
grants: none
expect: { outcome: ok, logs: still there }
---*/
const value = {
  list: new Array(100000).fill(1)
};
value.self = value;
let deep = {};
for (let i = 0; i < 10000; ++i) deep = {deep};
console.log(value, deep, [value, [deep]]);
console.log('still there');
