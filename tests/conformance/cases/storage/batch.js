/*---
id: STO-002
title: several values are stored all or none
level: 4
grants: none
expect: ok
---*/
const {local} = kiosk.storage;
await local.batchSet({items: [{key: 'a', value: 1}, {key: 'b', value: 2}]});
await fails('invalid_params', () => local.batchSet({items: [{key: 'c', value: 3}, {key: ''}]}));
equal((await local.keys({})).keys.join(), 'a,b', 'the keys');
const {items} = await local.batchGet({keys: ['a', 'b', 'c']});
equal(items.map(item => `${item.key}${item.value}`).join(), 'a1,b2', 'the items');
