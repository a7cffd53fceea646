/*---
id: CPU-105
title: some over 2^53 elements, none of which is there, ends the session as cpu
level: 3
refs: ["SBX-CPU-005"]
control: naive
grants: none
budget: { load: 100ms }
tier: jitless
raw: true
expect: { ended: cpu, withinMs: 10000 }
---*/
Array.prototype.some.call({length: 2 ** 53 - 1}, x => x);
