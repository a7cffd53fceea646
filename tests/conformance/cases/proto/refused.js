/*---
id: PROTO-058
title: what the user refuses is not given to a guest that asks by itself
level: 4
tier: jit
grants: none
forge:
  acts:
    - { type: call, id: 1, method: identity.userinfo, params: {} }
    - { wait: '"id":1,"error"' }
    - { exit: 0 }
expect:
  ended: closed
  host:
    consentsAsked: 1
    callsOk: 0
    calls:
      - identity.userinfo permission_denied
---*/
