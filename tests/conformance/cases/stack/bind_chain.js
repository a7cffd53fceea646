/*---
id: STACK-116
title: a function that is bound a hundred thousand times is a RangeError or runs
level: 3
refs: ["SBX-STACK-016"]
grants: none
expect: ok
---*/
let bound = () => 'ran';
for (let i = 0; i < 100000; ++i) bound = bound.bind(null);
let outcome;
try {
  outcome = bound();
} catch (error) {
  outcome = error.name;
}
assert(['ran', 'RangeError'].includes(outcome), `it is ${outcome}`);
