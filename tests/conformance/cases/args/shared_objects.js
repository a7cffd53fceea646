/*---
id: ARGS-103
title: an object that stands twice in the parameters is no cycle and is sent twice
level: 2
grants: none
expect: ok
---*/
const shared = {
  a: 1
};
await kiosk.storage.local.set({key: 'k', value: [shared, {shared}, shared]});
const {value} = await kiosk.storage.local.get({key: 'k'});
equal(JSON.stringify(value), '[{"a":1},{"shared":{"a":1}},{"a":1}]', 'the value');
