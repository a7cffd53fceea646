/*---
id: REALM-128
title: results are frozen at every depth, so that nothing is written through them
level: 1
refs: ["vm2 ATTACKS 26"]
control: naive
grants: none
expect: ok
---*/
await kiosk.storage.local.set({key: 'k', value: {list: [{a: 1}]}});
const result = await kiosk.storage.local.get({key: 'k'});
for (const each of [result, result.value, result.value.list, result.value.list[0]]) {
  equal(Object.isFrozen(each), true, JSON.stringify(each));
  await fails('TypeError', () => each.added = 1);
}
