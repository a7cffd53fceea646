/*---
id: CPU-130
title: an app that never comes back from unloaded is ended all the same
level: 3
refs: ["SBX-CPU-025"]
grants: none
raw: true
expect: { ended: closed, withinMs: 10000 }
---*/
kiosk.on('unloaded', () => {
  for (;;) {
  }
});
setTimeout(() => kiosk.close(), 10);
