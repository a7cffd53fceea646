/*---
id: STACK-105
title: a constructor that constructs itself is a RangeError
level: 3
refs: ["SBX-STACK-005"]
grants: none
expect: ok
---*/
class Endless {
  inner = new Endless();
}
await fails('RangeError', () => new Endless());
