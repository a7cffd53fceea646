/*---
id: MEM-108
title: promises that never settle end the guest alone when they fill its heap
level: 3
refs: ["SBX-CPU-024"]
control: naive
grants: none
budget: { heap: 16M, load: 10s }
tier: jit
raw: true
expect: { ended: heap, withinMs: 15000 }
---*/
const kept = [];
for (;;) kept.push(new Promise(() => {}));
