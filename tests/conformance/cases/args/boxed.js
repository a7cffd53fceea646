/*---
id: ARGS-113
title: boxed strings, numbers and booleans are refused and not unboxed
level: 2
refs: ["SBX-ARGS-003", "SBX-NATIVE-007"]
grants: none
control: naive
expect: { outcome: ok, host: { calls: [] } }
---*/
for (const value of [new String('x'), new Number(1), new Boolean(false), Object(Symbol('s'))]) {
  await fails('invalid_params', () => kiosk.storage.local.set({key: 'k', value}));
}
await fails('invalid_params', () => kiosk.storage.local.get({key: new String('k')}));
