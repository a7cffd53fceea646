/*---
id: ARGS-110
title: Map, Set and their weak kin are refused and not taken for empty objects
level: 2
refs: ["SBX-ARGS-003"]
grants: none
control: naive
expect: { outcome: ok, host: { calls: [] } }
---*/
for (const value
         of [new Map([[1, 2]]), new Set([1]), new WeakMap(), new WeakSet(), new WeakRef({}),
             new Map().entries()]) {
  await fails('invalid_params', () => kiosk.storage.local.set({key: 'k', value}));
}
