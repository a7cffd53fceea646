/*---
id: ARGS-105
title: nesting of a hundred thousand is refused without a deep stack on either side
level: 2
refs: ["SBX-ARGS-002"]
grants: none
control: naive
expect: { outcome: ok, host: { calls: [] } }
---*/
let list = [];
let object = {};
for (let i = 0; i < 100000; ++i) {
  list = [list];
  object = {object};
}
for (const value of [list, object]) {
  await fails('payload_too_large', () => kiosk.storage.local.set({key: 'k', value}));
}
