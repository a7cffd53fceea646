/*---
id: CPU-126
title: powers of huge integers are ended as cpu
level: 3
control: naive
grants: none
budget: { load: 100ms }
tier: jit
raw: true
expect: { ended: cpu, withinMs: 10000 }
---*/
for (let big = 3n;;) big = big ** 3n % (1n << 900000n);
