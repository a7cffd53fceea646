/*---
id: PRM-001
promise: a permission that the manifest does not declare is not asked for
declares: []
grants: all
expect: { error: not_declared, host: { consentsAsked: 0 } }
---*/
await kiosk.identity.userinfo({});
