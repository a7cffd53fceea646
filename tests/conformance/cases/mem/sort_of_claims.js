/*---
id: MEM-101
title: sort of an object that claims 2^32 elements, which aborts V8, ends the guest alone
level: 3
refs: ["SBX-MEM-001"]
control: naive
grants: none
budget: { memory: 64M, load: 5s }
tier: jit
raw: true
expect: { ended: memory, withinMs: 15000 }
---*/
Array.prototype.sort.call({length: 2 ** 32 - 1});
