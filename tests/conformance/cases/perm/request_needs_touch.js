/*---
id: PERM-105
title: a permission cannot be asked for ahead of its use without a touch
level: 4
guards: [gate.activation]
refs: ["SBX-PERM-007"]
grants: ask
control: naive
expect: { error: activation_required, host: { consentsAsked: 0, callsOk: 0 } }
---*/
await kiosk.consent.request({name: 'identity.basic'});
