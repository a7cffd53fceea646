/*---
id: CONS-110
title: a yes leaves one receipt of the grant, and a call leaves no more
level: 4
refs: ["SBX-CONS-011", "ISO/IEC TS 27560"]
grants: ask
steps: [ { consent: grant } ]
expect: { outcome: ok, host: { consentsAsked: 1 } }
---*/
await kiosk.identity.userinfo({});
await kiosk.identity.userinfo({});
const receipts = await kiosk.consent.receipts({});
equal(receipts.map(({kind, name}) => `${kind} ${name}`).join(), 'grant identity.basic', 'receipts');
equal(receipts[0].token.split('.').length, 3, 'parts of the token');
