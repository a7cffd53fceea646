/*---
id: LIM-002
title: a module that never finishes loading is ended as cpu
level: 3
template: true
grants: none
raw: true
budget: { load: 200ms }
timeout: 15
expect: { ended: cpu, withinMs: 10000 }
---*/
for (;;) {
}
