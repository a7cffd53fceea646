/*---
id: CPU-122
title: a microtask that queues itself is ended as cpu after loading too
level: 3
refs: ["SBX-CPU-020"]
control: naive
grants: none
budget: { turn: 50ms }
raw: true
expect: { ended: cpu, withinMs: 10000 }
---*/
const again = () => queueMicrotask(again);
setTimeout(again, 1);
