/*---
id: MEM-105
title: a text of millions that is split into its letters ends the guest alone
level: 3
refs: ["SBX-MEM-005"]
control: naive
grants: none
budget: { heap: 16M, load: 10s }
tier: jit
raw: true
expect: { ended: memory, withinMs: 15000 }
---*/
'a,'.repeat(2 ** 24).split(',');
