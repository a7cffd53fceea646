/*---
id: ID-103
title: userinfo takes no parameters with which to ask for more or for another user
level: 5
guards: [gate.schema]
refs: ["SBX-ID-006", "SBX-ID-007"]
grants: all
control: naive
expect: { outcome: ok, host: { callsOk: 0 } }
---*/
for (const params
         of [{fields: ['phone']}, {userId: 'boris'}, {sub: 'x'}, {scope: 'openid phone'}]) {
  await fails('invalid_params', () => kiosk.identity.userinfo(params));
}
