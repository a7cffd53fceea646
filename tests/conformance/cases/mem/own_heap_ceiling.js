/*---
id: MEM-151
title: an app that allows itself a smaller heap than the host does is held to it
level: 3
raw: true
grants: none
manifest: { budget: { heap_mb: 8 } }
expect: { ended: heap }
---*/
const kept = [];
for (let i = 0; i < 300_000; i++) kept.push({ i, text: 'item ' + i });
console.log('@case ok');
