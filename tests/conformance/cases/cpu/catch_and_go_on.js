/*---
id: CPU-124
title: a loop that catches everything, its own end too, is ended as cpu
level: 3
refs: ["SBX-CPU"]
control: naive
grants: none
budget: { load: 100ms }
raw: true
expect: { ended: cpu, withinMs: 10000 }
---*/
for (;;) {
  try {
    for (;;) {
    }
  } catch {
    continue;
  } finally {
    continue;
  }
}
