/*---
id: STACK-103
title: a Proxy whose trap asks the Proxy is a RangeError
level: 3
refs: ["SBX-STACK-003"]
grants: none
expect: ok
---*/
const proxy = new Proxy({}, {get: (target, key, receiver) => receiver[key]});
await fails('RangeError', () => proxy.x);
const has = new Proxy({}, {has: (target, key) => key in has});
await fails('RangeError', () => 'x' in has);
