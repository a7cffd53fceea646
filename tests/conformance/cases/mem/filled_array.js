/*---
id: MEM-104
title: an array of 2^27 numbers ends the guest alone
level: 3
refs: ["SBX-MEM-004"]
grants: none
budget: { heap: 16M, load: 10s }
tier: jit
raw: true
expect: { ended: heap, withinMs: 15000 }
---*/
new Array(2 ** 27).fill(0);
