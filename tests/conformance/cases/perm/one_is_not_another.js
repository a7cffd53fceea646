/*---
id: PERM-102
title: a permission that was granted opens the methods of no other
level: 4
guards: [gate.declared]
refs: ["SBX-PERM-001"]
declares: [identity.basic]
grants: all
control: naive
expect: { outcome: ok, host: { callsOk: 1 } }
---*/
await kiosk.identity.userinfo({});
await fails('not_declared', () => kiosk.identity.requestPhone({}));
await fails('not_declared', () => kiosk.payments.status({paymentId: 'x'}));
await fails('not_declared', () => kiosk.payments.subscriptions({}));
