/*---
id: CPU-103
title: lastIndexOf over an array of four thousand million holes ends the session as cpu
level: 3
refs: ["SBX-CPU-003"]
control: naive
grants: none
budget: { load: 100ms }
tier: jit
raw: true
expect: { ended: cpu, withinMs: 10000 }
---*/
new Array(2 ** 32 - 1).lastIndexOf(1);
