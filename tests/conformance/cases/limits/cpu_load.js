/*---
id: LIM-002
promise: a module that never finishes loading is ended as cpu
grants: none
raw: true
limits: { load: 200ms }
timeout: 15
expect: { ended: cpu, withinMs: 10000 }
---*/
for (;;) {
}
