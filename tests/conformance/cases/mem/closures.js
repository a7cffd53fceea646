/*---
id: MEM-107
title: closures that are kept for ever end the guest alone
level: 3
refs: ["SBX-MEM"]
control: naive
grants: none
budget: { heap: 16M, load: 10s }
tier: jit
raw: true
expect: { ended: heap, withinMs: 15000 }
---*/
const kept = [];
for (;;) kept.push(() => kept);
