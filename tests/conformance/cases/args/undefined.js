/*---
id: ARGS-116
title: undefined is left out of an object and refused in a list
level: 2
refs: ["SBX-ARGS-003"]
grants: none
expect: ok
---*/
await kiosk.storage.local.set({key: 'k', value: {a: undefined, b: 1}});
equal(JSON.stringify((await kiosk.storage.local.get({key: 'k'})).value), '{"b":1}', 'the value');
await fails('invalid_params', () => kiosk.storage.local.set({key: 'k', value: [undefined]}));
await fails('invalid_params', () => kiosk.storage.local.set({key: 'k', value: undefined}));
