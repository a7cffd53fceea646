/*---
id: CPU-127
title: a comparator that sorts for ever is ended as cpu
level: 3
control: naive
grants: none
budget: { load: 100ms }
tier: jitless
raw: true
expect: { ended: cpu, withinMs: 10000 }
---*/
[3, 2, 1].sort(() => {
  for (;;) [2, 1].sort();
});
