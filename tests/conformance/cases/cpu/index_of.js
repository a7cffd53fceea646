/*---
id: CPU-101
title: indexOf over 2^53 elements, which V8 does not interrupt, ends the session as cpu
level: 3
refs: ["SBX-CPU-001"]
control: naive
grants: none
budget: { load: 100ms }
raw: true
expect: { ended: cpu, withinMs: 10000 }
---*/
Array.prototype.indexOf.call({length: 2 ** 53 - 1}, 1);
