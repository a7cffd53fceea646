/*---
id: CONS-115
title: giving back what was never granted grants nothing and is told as nothing
level: 4
grants: ask
expect: { outcome: ok, host: { consentsAsked: 0 } }
---*/
const {revoked} = await kiosk.consent.revoke({names: ['identity.basic', 'payments.charge']});
equal(revoked.length, 0, 'given back');
await fails('invalid_params', () => kiosk.consent.revoke({names: []}));
await fails('invalid_params', () => kiosk.consent.revoke({
  names: new Array(17).fill('identity.basic'),
}));
