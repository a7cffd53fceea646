/*---
id: ARGS-121
title: names that a list carries beside its elements are not sent
level: 2
grants: none
expect: ok
---*/
const value = Object.assign([1], {secret: 'x', '-1': 'y', '01': 'z'});
await kiosk.storage.local.set({key: 'k', value});
equal(JSON.stringify((await kiosk.storage.local.get({key: 'k'})).value), '[1]', 'the value');
