/*---
id: ARGS-127
title: no parameter is converted from another type
level: 2
guards: [gate.schema]
refs: ["SBX-NATIVE-007"]
grants: none
control: naive
expect: { outcome: ok, host: { callsOk: 0 } }
---*/
for (const key of [1, true, null, ['k'], {}, 0, false]) {
  await fails('invalid_params', () => kiosk.storage.local.get({key}));
}
for (const delta of ['1', 1.5, true, [1], null, 1e300, -1, 0, 11]) {
  await fails('invalid_params', () => kiosk.ui.back({delta}));
}
