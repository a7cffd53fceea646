/*---
id: CPU-131
title: an app that goes on calculating after its close is ended all the same
level: 3
refs: ["SBX-CPU-025"]
grants: none
raw: true
expect: { ended: closed, withinMs: 10000 }
---*/
kiosk.close();
setInterval(() => {
  for (let i = 0; i < 1000; ++i) new Map([[i, i]]);
}, 0);
