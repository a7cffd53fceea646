/*---
id: ARGS-117
title: a list with holes is refused and its holes are not filled from a prototype
level: 2
refs: ["SBX-ARGS-004"]
grants: none
expect: ok
---*/
const holes = [1, , 3];
await fails('invalid_params', () => kiosk.storage.local.set({key: 'k', value: holes}));
const deleted = [1, 2, 3];
delete deleted[1];
await fails('invalid_params', () => kiosk.storage.local.set({key: 'k', value: deleted}));
