/*---
id: STACK-117
title: a call with a million arguments is a RangeError
level: 3
refs: ["SBX-STACK-017"]
grants: none
expect: ok
---*/
const many = new Array(1000000).fill(1);
await fails('RangeError', () => Math.max(...many));
await fails('RangeError', () => Reflect.apply(String.fromCharCode, null, many));
