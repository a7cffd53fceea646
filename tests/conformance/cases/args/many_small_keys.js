/*---
id: ARGS-144
title: an object of a hundred thousand keys is refused and the next call is served
level: 2
refs: ["SBX-ARGS-010"]
grants: none
control: naive
expect: { outcome: ok, host: { callsOk: 1 } }
---*/
const value = {};
for (let i = 0; i < 100000; ++i) value[`k${i}`] = i;
await fails('payload_too_large', () => kiosk.storage.local.set({key: 'k', value}));
await kiosk.host.info({});
