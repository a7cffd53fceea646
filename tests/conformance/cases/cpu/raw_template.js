/*---
id: CPU-109
title: String.raw over 2^53 pieces ends the session as cpu
level: 3
refs: ["SBX-CPU-009"]
control: naive
grants: none
budget: { load: 100ms }
tier: jit
raw: true
expect: { ended: cpu, withinMs: 10000 }
---*/
String.raw({raw: {length: 2 ** 53 - 1}});
