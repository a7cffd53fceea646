/*---
id: LIM-003
title: an endless chain of microtasks is ended as cpu
level: 3
template: true
grants: none
raw: true
budget: { turn: 100ms, load: 200ms }
timeout: 15
expect: { ended: cpu, withinMs: 10000 }
---*/
const again = () => Promise.resolve().then(again);
again();
