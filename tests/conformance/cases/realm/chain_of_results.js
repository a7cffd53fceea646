/*---
id: REALM-102
title: what a call resolves to has the app's own prototypes at every depth
level: 1
refs: ["SBX-REALM-004"]
control: naive
grants: none
expect: ok
---*/
await kiosk.storage.local.set({key: 'k', value: {list: [{deep: [1]}]}});
const result = await kiosk.storage.local.get({key: 'k'});
equal(Object.getPrototypeOf(result) === Object.prototype, true, 'the result');
equal(Object.getPrototypeOf(result.value) === Object.prototype, true, 'the value');
equal(Object.getPrototypeOf(result.value.list) === Array.prototype, true, 'the list');
equal(Object.getPrototypeOf(result.value.list[0].deep) === Array.prototype, true, 'the deep list');
await fails('EvalError', () => result.value.list.constructor.constructor('return process')());
