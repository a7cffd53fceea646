/*---
id: PRM-001
title: a permission that the manifest does not declare is not asked for
level: 4
guards: [gate.declared]
declares: []
grants: all
control: naive
expect: { error: not_declared, host: { consentsAsked: 0 } }
---*/
await kiosk.identity.userinfo({});
