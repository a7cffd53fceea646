/*---
id: LIM-005
title: buffers count too, and an app that takes more memory than allowed is ended as memory
level: 3
template: true
grants: none
raw: true
budget: { memory: 64M, load: 10s }
expect: { ended: memory }
---*/
const kept = [];
for (let i = 0; i < 4096; ++i) kept.push(new Uint8Array(1 << 20).fill(1));
