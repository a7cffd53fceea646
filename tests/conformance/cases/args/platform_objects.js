/*---
id: ARGS-114
title: nodes, promises, the global object and the bridge itself are refused as values
level: 2
refs: ["SBX-ARGS-003", "vm2 ATTACKS 10"]
grants: none
control: naive
expect: { outcome: ok, host: { calls: [] } }
---*/
for (const value
         of [document, document.body, Promise.resolve(1), globalThis, kiosk.call('no', {}),
             new AbortController().signal, console]) {
  if (value instanceof Promise) value.catch(() => {});
  await fails('invalid_params', () => kiosk.storage.local.set({key: 'k', value}));
}
