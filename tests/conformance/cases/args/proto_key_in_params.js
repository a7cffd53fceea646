/*---
id: ARGS-125
title: __proto__ and constructor are no parameters of a method
level: 2
guards: [gate.schema]
refs: ["SBX-ARGS-005"]
grants: none
control: naive
expect: ok
---*/
const params = JSON.parse('{"key": "k", "__proto__": {"key": "other"}}');
await fails('invalid_params', () => kiosk.storage.local.get(params));
await fails('invalid_params', () => kiosk.storage.local.get({key: 'k', constructor: 1}));
