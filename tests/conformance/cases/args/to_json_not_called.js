/*---
id: ARGS-139
title: toJSON is not called, inherited or own, enumerable or not
level: 2
refs: ["SBX-ARGS-012"]
grants: none
expect: ok
---*/
let called = 0;
const hidden = Object.defineProperty({a: 1}, 'toJSON', {value: () => (++called, 'other')});
await kiosk.storage.local.set({key: 'k', value: hidden});
equal(JSON.stringify((await kiosk.storage.local.get({key: 'k'})).value), '{"a":1}', 'the value');
await fails('invalid_params', () => kiosk.storage.local.set({key: 'k', value: {toJSON: () => 1}}));
await fails('invalid_params', () => kiosk.storage.local.set({key: 'k', value: new Date()}));
equal(called, 0, 'calls');
