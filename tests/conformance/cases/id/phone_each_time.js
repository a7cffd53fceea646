/*---
id: ID-104
title: the phone number is asked for at every call, a yes before counts for nothing
level: 5
refs: ["SBX-CONS-006"]
grants: ask
steps: [ { tap: "First" }, { consent: grant }, { tap: "Second" }, { consent: deny } ]
control: naive
expect: { outcome: ok, host: { consentsAsked: 2, callsOk: 1 } }
---*/
await tapped('First');
const {phone} = await kiosk.identity.requestPhone({});
assert(/^[0-9]{5,15}$/.test(phone), 'digits');
await tapped('Second');
await fails('user_refused', () => kiosk.identity.requestPhone({}));
