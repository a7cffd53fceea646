/*---
id: ARGS-107
title: a BigInt is refused wherever it stands
level: 2
refs: ["SBX-ARGS-003"]
grants: none
control: naive
expect: { outcome: ok, host: { calls: [] } }
---*/
for (const value of [1n, [1n], {a: 1n}, 2n ** 64n, Object(1n)]) {
  await fails('invalid_params', () => kiosk.storage.local.set({key: 'k', value}));
}
