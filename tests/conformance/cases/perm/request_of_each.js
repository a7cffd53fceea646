/*---
id: PERM-106
title: a permission that is asked at every use cannot be had ahead, and nobody is asked
level: 4
refs: ["SBX-CONS-007"]
grants: ask
steps: [ { tap: "Ask" } ]
control: naive
expect: { outcome: ok, host: { consentsAsked: 0 } }
---*/
await tapped('Ask');
let state;
await kiosk.consent.request({name: 'payments.charge'})
    .then(result => state = result.state, error => state = error.code);
assert(state !== 'granted', `the state is ${state}`);
const [asked] = await kiosk.consent.query({names: ['payments.charge']});
equal(asked.state, 'prompt', 'as it stands');
