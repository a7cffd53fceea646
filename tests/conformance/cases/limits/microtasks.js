/*---
id: LIM-003
promise: an endless chain of microtasks is ended as cpu
grants: none
raw: true
limits: { turn: 100ms, load: 200ms }
timeout: 15
expect: { ended: cpu, withinMs: 10000 }
---*/
const again = () => Promise.resolve().then(again);
again();
