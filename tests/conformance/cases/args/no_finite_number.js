/*---
id: ARGS-131
title: NaN and Infinity are refused and never become null
level: 2
refs: ["SBX-ARGS-008"]
grants: none
expect: { outcome: ok, host: { calls: [] } }
---*/
for (const value of [NaN, Infinity, -Infinity, [NaN], {a: {b: -Infinity}}]) {
  await fails('invalid_params', () => kiosk.storage.local.set({key: 'k', value}));
}
