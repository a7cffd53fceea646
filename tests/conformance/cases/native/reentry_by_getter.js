/*---
id: NATIVE-123
title: a getter that begins a second call while the first is read breaks neither
level: 2
refs: ["SBX-NATIVE-006"]
grants: none
expect: { outcome: ok, host: { callsOk: 4 } }
---*/
let inner;
await kiosk.storage.local.set({
  key: 'outer',
  get value() {
    inner = kiosk.storage.local.set({key: 'inner', value: 'in'});
    return 'out';
  },
});
await inner;
equal((await kiosk.storage.local.get({key: 'outer'})).value, 'out', 'the outer');
equal((await kiosk.storage.local.get({key: 'inner'})).value, 'in', 'the inner');
