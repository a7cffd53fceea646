/*---
id: CPU-125
title: a pattern that takes longer than the universe is ended as cpu
level: 3
refs: ["SBX-CPU-027", "CWE-1333"]
control: naive
grants: none
budget: { load: 100ms }
raw: true
expect: { ended: cpu, withinMs: 10000 }
---*/
/^(a+)+$/.test(`${'a'.repeat(50)}b`);
