/*---
id: CPU-107
title: unshift before 2^53 elements ends the session as cpu
level: 3
refs: ["SBX-CPU-007"]
control: naive
grants: none
budget: { load: 100ms }
tier: jit
raw: true
expect: { ended: cpu, withinMs: 10000 }
---*/
Array.prototype.unshift.call({length: 2 ** 53 - 2}, 1);
