/*---
id: LIM-001
promise: a turn that never ends is ended as cpu, and its stack is told
grants: none
raw: true
limits: { turn: 100ms }
timeout: 15
expect: { ended: cpu, detail: spinForEver, withinMs: 10000 }
---*/
function spinForEver() {
  for (;;) {
  }
}
setTimeout(spinForEver, 10);
