/*---
id: PERM-107
title: a permission that the app gave back is asked for again
level: 4
refs: ["SBX-CONS-010"]
grants: ask
steps: [ { consent: grant }, { consent: grant } ]
control: naive
expect: { outcome: ok, host: { consentsAsked: 2 } }
---*/
await kiosk.identity.userinfo({});
const {revoked} = await kiosk.consent.revoke({names: ['identity.basic']});
equal(revoked.join(), 'identity.basic', 'what was given back');
await kiosk.identity.userinfo({});
