/*---
id: ARGS-109
title: symbols are refused as values and as names
level: 2
refs: ["SBX-ARGS-003"]
grants: none
control: naive
expect: { outcome: ok, host: { calls: [] } }
---*/
for (const value of [Symbol('s'), Symbol.iterator, {[Symbol('s')]: 1}, [Symbol.for('s')]]) {
  await fails('invalid_params', () => kiosk.storage.local.set({key: 'k', value}));
}
