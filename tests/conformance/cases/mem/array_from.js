/*---
id: MEM-103
title: Array.from of a thousand million elements ends the guest alone
level: 3
refs: ["SBX-MEM-003"]
control: naive
grants: none
budget: { heap: 16M, load: 10s }
tier: jit
raw: true
expect: { ended: heap, withinMs: 15000 }
---*/
Array.from({length: 1e9});
