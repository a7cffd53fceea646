/*---
id: CONS-102
title: an app that asks twenty times after a refusal shows the user nothing
level: 4
guards: [consent.blocked]
refs: ["SBX-CONS-003"]
grants: ask
steps: [ { consent: deny } ]
control: naive
expect: { outcome: ok, host: { consentsAsked: 1, callsOk: 0 } }
---*/
await fails('user_refused', () => kiosk.identity.userinfo({}));
const codes = await Promise.all(Array.from(
    {length: 20}, () => kiosk.identity.userinfo({}).then(() => 'ok', error => error.code)));
equal(codes.every(code => ['permission_blocked', 'busy'].includes(code)), true, `${codes}`);
assert(codes.includes('permission_blocked'), 'the refusal counts');
