/*---
id: STACK-113
title: structuredClone of a deep object is an error or a copy
level: 3
refs: ["SBX-STACK-013"]
grants: none
expect: ok
---*/
let deep = {};
for (let i = 0; i < 200000; ++i) deep = {deep};
let outcome = 'copied';
try {
  structuredClone(deep);
} catch (error) {
  outcome = error.name;
}
assert(['copied', 'RangeError', 'DataCloneError'].includes(outcome), `it is ${outcome}`);
