/*---
id: NATIVE-138
title: an endless iterator of what are no pairs is left at its first element
level: 2
refs: ["SBX-NATIVE-008", "Web IDL 3.2.21"]
grants: none
expect: ok
---*/
let steps = 0;
const pairs = {
  [Symbol.iterator]: () => ({next: () => (++steps, {done: false, value: 17})}),
};
await fails('TypeError', () => new URLSearchParams(pairs));
equal(steps, 1, 'steps for URLSearchParams');
await fails('TypeError', () => new Headers(pairs));
equal(steps, 2, 'steps for Headers');
