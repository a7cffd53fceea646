/*---
id: CPU-104
title: reverse over 2^53 elements ends the session as cpu
level: 3
refs: ["SBX-CPU-004"]
control: naive
grants: none
budget: { load: 100ms }
tier: jit
raw: true
expect: { ended: cpu, withinMs: 10000 }
---*/
Array.prototype.reverse.call({length: 2 ** 53 - 1});
