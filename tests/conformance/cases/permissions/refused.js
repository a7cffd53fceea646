/*---
id: PRM-006
title: the user's no is final for the call
level: 4
guards: [gate.consent]
grants: ask
steps: [ { consent: deny } ]
control: naive
expect: { outcome: ok, host: { consentsAsked: 1, callsOk: 0 } }
---*/
let code = '';
await kiosk.identity.userinfo({}).catch(error => code = error.code);
assert(code === 'permission_denied' || code === 'user_refused', `refused: ${code}`);
