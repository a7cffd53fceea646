/*---
id: PROTO-061
title: permissions that a guest claims for itself end it
level: 4
guards: [rpc.members]
tier: jit
forge:
  each:
    - { type: call, id: 1, method: identity.userinfo, members: { permissions: [identity.basic] } }
    - { type: call, id: 1, method: identity.userinfo, members: { permission: identity.basic } }
    - { type: call, id: 1, method: identity.userinfo, members: { grants: all } }
    - { type: call, id: 1, method: identity.userinfo, members: { granted: true } }
    - { type: call, id: 1, method: identity.userinfo, members: { role: admin } }
    - { type: call, id: 1, method: identity.userinfo, members: { trusted: true } }
    - { type: call, id: 1, method: identity.userinfo, members: { scope: "*" } }
    - { type: call, id: 1, method: identity.userinfo, members: { kiosk: { grants: all } } }
    - { type: call, id: 1, method: identity.userinfo,
        members: { kiosk: { permission: identity.basic } } }
expect: { ended: protocol, host: { calls: [] } }
---*/
