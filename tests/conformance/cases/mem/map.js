/*---
id: MEM-106
title: a Map that grows for ever ends the guest alone
level: 3
refs: ["SBX-MEM"]
control: naive
grants: none
budget: { heap: 16M, load: 10s }
tier: jitless
raw: true
expect: { ended: heap, withinMs: 15000 }
---*/
const map = new Map();
for (let i = 0;; ++i) map.set(i, {i});
