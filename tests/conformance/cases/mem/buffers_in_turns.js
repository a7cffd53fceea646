/*---
id: MEM-109
title: buffers that are taken turn by turn are counted together
level: 3
grants: none
budget: { memory: 48M, turn: 5s }
tier: jit
raw: true
expect: { ended: memory, withinMs: 15000 }
---*/
const kept = [];
setInterval(() => kept.push(new Uint8Array(1 << 20).fill(1)), 1);
