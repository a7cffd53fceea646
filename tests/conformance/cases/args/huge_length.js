/*---
id: ARGS-118
title: a list that only claims four thousand million elements is refused at once
level: 2
refs: ["SBX-ARGS-004"]
grants: none
control: naive
expect: { outcome: ok, host: { calls: [] } }
---*/
const claimed = [];
claimed.length = 2 ** 32 - 1;
await fails('invalid_params', () => kiosk.storage.local.set({key: 'k', value: claimed}));
const tail = [0];
tail[2 ** 32 - 2] = 1;
await fails('invalid_params', () => kiosk.storage.local.set({key: 'k', value: tail}));
