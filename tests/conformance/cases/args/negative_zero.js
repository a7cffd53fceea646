/*---
id: ARGS-132
title: negative zero becomes zero, so that no two spellings of nothing exist
level: 2
refs: ["SBX-ARGS-007", "RFC 8785 3.2.2.3"]
grants: none
expect: ok
---*/
await kiosk.storage.local.set({key: 'k', value: [-0, {a: -0}]});
const {value} = await kiosk.storage.local.get({key: 'k'});
equal(value[0], 0, 'in a list');
equal(value[1].a, 0, 'in an object');
