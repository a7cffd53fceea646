/*---
id: CONS-103
title: a refusal counts however the same permission is asked for next
level: 4
guards: [consent.blocked]
refs: ["SBX-CONS-003", "SBX-CONS-007"]
grants: ask
steps: [ { consent: deny }, { tap: "Again" } ]
control: naive
expect: { outcome: ok, host: { consentsAsked: 1 } }
---*/
await fails('user_refused', () => kiosk.identity.userinfo({}));
await tapped('Again');
let state;
await kiosk.consent.request({name: 'identity.basic'})
    .then(result => state = result.state, error => state = error.code);
assert(['blocked', 'denied', 'permission_blocked'].includes(state), `the state is ${state}`);
const [asked] = await kiosk.consent.query({names: ['identity.basic']});
equal(asked.state, 'blocked', 'as it stands');
