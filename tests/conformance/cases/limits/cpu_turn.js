/*---
id: LIM-001
title: a turn that never ends is ended as cpu, and its stack is told
level: 3
template: true
grants: none
raw: true
budget: { turn: 100ms }
timeout: 15
expect: { ended: cpu, detail: spinForEver, withinMs: 10000 }
---*/
function spinForEver() {
  for (;;) {
  }
}
setTimeout(spinForEver, 10);
