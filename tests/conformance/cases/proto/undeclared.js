/*---
id: PROTO-057
title: a guest that skips the app's own checks still has no permission that its manifest lacks
level: 4
tier: jit
declares: []
grants: all
forge:
  acts:
    - { type: call, id: 1, method: identity.userinfo, params: {} }
    - { wait: '"id":1,"error"' }
    - { type: call, id: 2, method: payments.status, params: { paymentId: x } }
    - { wait: '"id":2,"error"' }
    - { type: call, id: 3, method: payments.subscriptions, params: {} }
    - { wait: '"id":3,"error"' }
    - { type: call, id: 4, method: identity.requestPhone, params: {} }
    - { wait: '"id":4,"error"' }
    - { exit: 0 }
expect:
  ended: closed
  host:
    consentsAsked: 0
    callsOk: 0
    calls:
      - identity.userinfo not_declared
      - payments.status not_declared
      - payments.subscriptions not_declared
      - identity.requestPhone not_declared
---*/
