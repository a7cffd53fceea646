/*---
id: ARGS-101
title: a cycle of many objects is refused and not followed
level: 2
refs: ["SBX-ARGS-001"]
grants: none
control: naive
expect: ok
---*/
const first = {};
let at = first;
for (let i = 0; i < 20; ++i) at = at.next = {};
at.next = first;
await fails('invalid_params', () => kiosk.storage.local.set({key: 'k', value: first}));
