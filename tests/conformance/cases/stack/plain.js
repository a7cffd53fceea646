/*---
id: STACK-101
title: endless recursion through every kind of function is a RangeError that can be caught
level: 3
refs: ["SBX-STACK-001"]
grants: none
expect: ok
---*/
const arrow = () => arrow() + 1;
const expression = function self() {
  return self() + 1;
};
function* generate() {
  yield* generate();
}
await fails('RangeError', arrow);
await fails('RangeError', expression);
await fails('RangeError', () => [...generate()]);
