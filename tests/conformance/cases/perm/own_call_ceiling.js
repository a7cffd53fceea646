/*---
id: PERM-151
title: an app that allows itself fewer calls a minute than the host does is held to it
level: 4
guards: [gate.rate]
grants: all
manifest: { budget: { calls_per_min: 3 } }
control: naive
expect: { outcome: ok, host: { callsOk: 3 } }
---*/
for (let i = 0; i < 3; i++) await kiosk.storage.local.info();
await fails('rate_limited', () => kiosk.storage.local.info());
