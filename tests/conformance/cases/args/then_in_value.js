/*---
id: ARGS-124
title: a value with a key called then is not taken for a promise
level: 2
refs: ["SBX-ARGS-005", "vm2 ATTACKS 7"]
grants: none
expect: ok
---*/
await kiosk.storage.local.set({key: 'k', value: {then: 'x'}});
await kiosk.storage.local.set({key: 'then', value: 1});
const {items} = await kiosk.storage.local.batchGet({keys: ['k', 'then']});
equal(items.length, 2, 'items');
