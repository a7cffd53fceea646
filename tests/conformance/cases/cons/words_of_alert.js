/*---
id: CONS-108
title: an alert's words cannot break out of its line or turn it round
level: 4
refs: ["SBX-CONS-004", "SBX-CONS-001"]
grants: none
control: naive
expect: { outcome: ok, host: { callsOk: 0 } }
---*/
for (const label of ['a\nb', '\u202eb', '\u001b[31m', '', 'x'.repeat(65)]) {
  await fails('invalid_params', () => kiosk.ui.alert({
    message: 'Sure?',
    buttons: [{id: 'yes', label}],
  }));
}
for (const message of ['\u202ea', 'a\u0000', '', 'x'.repeat(501)]) {
  await fails('invalid_params', () => kiosk.ui.alert({message}));
}
