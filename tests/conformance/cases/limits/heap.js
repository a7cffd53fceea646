/*---
id: LIM-004
promise: an app that fills its heap is ended as heap
grants: none
raw: true
limits: { heap: 32M, load: 20s }
timeout: 30
expect: { ended: heap }
---*/
const kept = [];
for (;;) kept.push({a: kept.length, b: [kept.length]});
