/*---
id: STACK-107
title: a toString that needs itself is a RangeError, in templates and in native code
level: 3
refs: ["SBX-STACK-007"]
grants: none
expect: ok
---*/
const object = {
  toString: () => `${object}`
};
await fails('RangeError', () => `${object}`);
await fails('RangeError', () => new URL(object));
await fails('RangeError', () => document.createElement(object));
