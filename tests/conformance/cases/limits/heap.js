/*---
id: LIM-004
title: an app that fills its heap is ended as heap
level: 3
template: true
grants: none
raw: true
budget: { heap: 32M, load: 20s }
timeout: 30
expect: { ended: heap }
---*/
const kept = [];
for (;;) kept.push({a: kept.length, b: [kept.length]});
