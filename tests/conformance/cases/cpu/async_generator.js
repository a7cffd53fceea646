/*---
id: CPU-123
title: an async generator that yields for ever is ended as cpu
level: 3
refs: ["SBX-CPU-020"]
control: naive
grants: none
budget: { load: 100ms }
tier: jitless
raw: true
expect: { ended: cpu, withinMs: 10000 }
---*/
async function* endless() {
  for (;;) yield 1;
}
for await (const each of endless()) each;
