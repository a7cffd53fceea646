/*---
id: CPU-108
title: shift of 2^53 elements ends the session as cpu
level: 3
refs: ["SBX-CPU-008"]
control: naive
grants: none
budget: { load: 100ms }
tier: jitless
raw: true
expect: { ended: cpu, withinMs: 10000 }
---*/
Array.prototype.shift.call({length: 2 ** 53 - 1});
