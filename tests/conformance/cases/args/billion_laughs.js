/*---
id: ARGS-104
title: thirty levels of an object that holds itself twice are refused at once
level: 2
refs: ["SBX-ARGS-002", "CWE-776"]
grants: none
control: naive
expect: { outcome: ok, host: { calls: [] } }
---*/
let value = 'ha';
for (let i = 0; i < 28; ++i) value = [value, value];
await fails('payload_too_large', () => kiosk.storage.local.set({key: 'k', value}));
