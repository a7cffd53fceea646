/*---
id: CONS-111
title: a no leaves a receipt of the refusal
level: 4
refs: ["SBX-CONS-011"]
grants: ask
steps: [ { consent: deny } ]
control: naive
expect: { outcome: ok, host: { consentsAsked: 1, callsOk: 1 } }
---*/
await fails('user_refused', () => kiosk.identity.userinfo({}));
const receipts = await kiosk.consent.receipts({});
equal(receipts.map(({kind}) => kind).join(), 'refusal', 'the receipts');
