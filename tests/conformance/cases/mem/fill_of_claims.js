/*---
id: MEM-102
title: fill of an object that claims 2^53 elements ends the guest alone
level: 3
refs: ["SBX-MEM-002"]
control: naive
grants: none
budget: { heap: 16M, load: 10s }
tier: jit
raw: true
expect: { ended: heap, withinMs: 15000 }
---*/
Array.prototype.fill.call({length: 2 ** 53 - 1}, 1);
