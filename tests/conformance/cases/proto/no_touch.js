/*---
id: PROTO-059
title: a guest cannot do for itself what needs the user's touch
level: 4
tier: jit
grants: all
forge:
  acts:
    - { type: call, id: 1, method: messages.share, params: { text: x } }
    - { wait: '"id":1,"error"' }
    - { type: call, id: 2, method: support.open, params: { topic: x } }
    - { wait: '"id":2,"error"' }
    - { type: call, id: 3, method: consent.request, params: { name: identity.basic } }
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
      - messages.share activation_required
      - support.open activation_required
      - consent.request activation_required
      - identity.requestPhone activation_required
---*/
