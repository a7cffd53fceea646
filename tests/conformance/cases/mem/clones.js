/*---
id: MEM-110
title: copies by structuredClone are counted as the app's memory
level: 3
control: naive
grants: none
budget: { heap: 16M, load: 10s }
tier: jit
raw: true
expect: { ended: heap, withinMs: 15000 }
---*/
const kept = [new Array(1000).fill({a: 1})];
for (;;) kept.push(structuredClone(kept[0]));
