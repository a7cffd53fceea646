/*---
id: CONS-101
title: the same question is not asked again right after a refusal
level: 4
guards: [consent.blocked]
refs: ["SBX-CONS-003"]
grants: ask
steps: [ { consent: deny } ]
control: naive
expect: { outcome: ok, host: { consentsAsked: 1, callsOk: 0 } }
---*/
await fails('user_refused', () => kiosk.identity.userinfo({}));
const error = await fails('permission_blocked', () => kiosk.identity.userinfo({}));
assert(error.details.retryAfterMs > 0, 'it says when to ask again');
