/*---
id: CPU-128
title: a getter that never returns to the bridge is ended as cpu
level: 3
refs: ["SBX-NATIVE-006"]
control: naive
grants: none
budget: { load: 100ms }
raw: true
expect: { ended: cpu, withinMs: 10000 }
---*/
kiosk.storage.local.set({
  key: 'k',
  get value() {
    for (;;) {
    }
  },
});
