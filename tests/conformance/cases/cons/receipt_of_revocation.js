/*---
id: CONS-112
title: what the app gives back leaves a receipt behind that of the grant
level: 4
refs: ["SBX-CONS-010", "SBX-CONS-011"]
grants: ask
steps: [ { consent: grant } ]
expect: { outcome: ok, host: { consentsAsked: 1 } }
---*/
await kiosk.identity.userinfo({});
await kiosk.consent.revoke({names: ['identity.basic']});
const kinds = (await kiosk.consent.receipts({})).map(({kind}) => kind);
equal(kinds.join(), 'revocation,grant', 'the newest first');
