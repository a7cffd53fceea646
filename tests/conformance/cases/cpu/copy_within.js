/*---
id: CPU-106
title: copyWithin over 2^53 elements ends the session as cpu
level: 3
refs: ["SBX-CPU-006"]
control: naive
grants: none
budget: { load: 100ms }
tier: jit
raw: true
expect: { ended: cpu, withinMs: 10000 }
---*/
Array.prototype.copyWithin.call({length: 2 ** 53 - 1}, 0, 1);
