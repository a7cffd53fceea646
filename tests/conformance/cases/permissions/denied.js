/*---
id: PRM-002
title: what the user did not grant is refused and nothing is told
level: 4
declares: [identity.basic]
grants: none
control: naive
expect: { error: permission_denied, host: { callsOk: 0 } }
---*/
await kiosk.identity.userinfo({});
