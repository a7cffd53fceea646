/*---
id: CONS-113
title: a call that the gate refuses leaves no receipt
level: 4
refs: ["SBX-CONS-011"]
grants: ask
control: naive
expect: { outcome: ok, host: { consentsAsked: 0 } }
---*/
await fails('activation_required', () => kiosk.identity.requestPhone({}));
await fails('invalid_params', () => kiosk.identity.userinfo({extra: 1}));
equal((await kiosk.consent.receipts({})).length, 0, 'receipts');
