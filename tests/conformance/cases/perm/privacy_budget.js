/*---
id: PERM-113
title: an app whose manifest has no privacy points left learns nothing, and the user is not asked
level: 4
guards: [budget.privacy]
grants: ask
manifest: { budget: { privacy_points: 1 } }
control: naive
expect: { error: quota_exceeded, host: { consentsAsked: 0, callsOk: 0 } }
---*/
await kiosk.identity.userinfo({});
