/*---
id: CPU-102
title: includes over 2^53 elements ends the session as cpu
level: 3
refs: ["SBX-CPU-002"]
control: naive
grants: none
budget: { load: 100ms }
tier: jitless
raw: true
expect: { ended: cpu, withinMs: 10000 }
---*/
Array.prototype.includes.call({length: 2 ** 53 - 1}, 1);
