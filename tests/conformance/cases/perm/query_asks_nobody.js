/*---
id: PERM-104
title: asking how permissions stand asks no user and grants nothing
level: 4
grants: ask
expect: { outcome: ok, host: { consentsAsked: 0 } }
---*/
const names = ['identity.basic', 'payments.charge', 'identity.kyc', 'identity.global_id'];
for (let i = 0; i < 3; ++i) {
  const states = await kiosk.consent.query({names});
  equal(states.map(({state}) => state).join(), 'prompt,prompt,denied,denied', 'the states');
}
