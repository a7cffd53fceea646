/*---
id: PROTO-063
title: a user, an app or a session among the parameters is no parameter
level: 4
tier: jit
grants: all
forge:
  acts:
    - { type: call, id: 1, method: storage.local.get, params: { key: a, user: boris } }
    - { wait: '"id":1,"error"' }
    - { type: call, id: 2, method: storage.local.keys, params: { app: org.example.other } }
    - { wait: '"id":2,"error"' }
    - { type: call, id: 3, method: storage.secure.get, params: { key: a, session: "1" } }
    - { wait: '"id":3,"error"' }
    - { type: call, id: 4, method: consent.receipts, params: { user: boris } }
    - { wait: '"id":4,"error"' }
    - { type: call, id: 5, method: host.launch, params: { user: boris } }
    - { wait: '"id":5,"error"' }
    - { type: call, id: 6, method: identity.userinfo, params: { sub: boris } }
    - { wait: '"id":6,"error"' }
    - { type: call, id: 7, method: host.close, params: { session: "1" } }
    - { wait: '"id":7,"error"' }
    - { exit: 0 }
expect:
  ended: closed
  host:
    consentsAsked: 0
    callsOk: 0
    calls:
      - storage.local.get invalid_params
      - storage.local.keys invalid_params
      - storage.secure.get invalid_params
      - consent.receipts invalid_params
      - host.launch invalid_params
      - identity.userinfo invalid_params
      - host.close invalid_params
---*/
