/*---
id: PERM-114
title: an app whose manifest allows no prompts asks the user nothing
level: 4
guards: [consent.day]
grants: ask
manifest: { budget: { prompts_per_day: 0 } }
control: naive
expect: { error: permission_blocked, host: { consentsAsked: 0, callsOk: 0 } }
---*/
await kiosk.identity.userinfo({});
