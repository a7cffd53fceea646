/*---
id: ARGS-122
title: the key __proto__ is data on both sides and sets no prototype
level: 2
refs: ["SBX-ARGS-005", "CWE-1321"]
grants: none
expect: ok
---*/
const value = JSON.parse('{"__proto__": {"admin": true}, "a": 1}');
await kiosk.storage.local.set({key: 'k', value});
const back = (await kiosk.storage.local.get({key: 'k'})).value;
equal(Object.getPrototypeOf(back) === Object.prototype, true, 'the prototype');
equal(back.admin, undefined, 'admin');
equal(Object.hasOwn(back, '__proto__'), true, 'the key itself');
