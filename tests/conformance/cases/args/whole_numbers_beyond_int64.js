/*---
id: ARGS-151
title: a whole number that no 64-bit integer holds arrives as the double that it is
level: 2
refs: [assurance ARGS-007, RFC 8259 section 6]
grants: all
expect: { outcome: ok, host: { callsOk: 12 } }
---*/
for (const value of [2 ** 63, -(2 ** 63), 2 ** 64, -(2 ** 64), 1e20, 999999999999999900000]) {
  await kiosk.storage.local.set({ key: 'n', value });
  equal((await kiosk.storage.local.get({ key: 'n' })).value, value);
}
