/*---
id: CONS-107
title: the frame's title takes no line break, escape or change of direction
level: 4
refs: ["SBX-CONS-004", "SBX-ISO-008"]
grants: none
control: naive
expect: { outcome: ok, host: { callsOk: 0 } }
---*/
for (const title of ['a\nb', '\u202eb', '\u001b[31m', 'a\u0000', '\u2066x', 'x'.repeat(65)]) {
  await fails('invalid_params', () => kiosk.ui.setTitle({title}));
}
