/*---
id: CPU-151
title: an app that allows itself less CPU time a turn than the host does is held to it
level: 3
raw: true
grants: none
manifest: { budget: { cpu_ms_per_turn: 20 } }
expect: { ended: cpu }
---*/
setTimeout(() => {
  const until = performance.now() + 150;
  while (performance.now() < until);
  console.log('@case ok');
});
