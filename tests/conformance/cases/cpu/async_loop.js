/*---
id: CPU-121
title: an endless loop of awaits is one turn and is ended as cpu
level: 3
refs: ["SBX-CPU-020"]
control: naive
grants: none
budget: { load: 100ms }
raw: true
expect: { ended: cpu, withinMs: 10000 }
---*/
for (;;) await 1;
