/*---
id: PROTO-017
title: "a guest answers nothing: a reply that nobody asked for ends it"
level: 2
guards: [rpc.members]
tier: jit
forge:
  each:
    - { type: reply, id: 1, result: {} }
    - { type: reply, id: 1, result: null }
    - { type: reply, id: 9007199254740992, result: true }
    - { type: reply, result: {} }
    - { type: error, id: 1, error: { code: 1, message: x } }
    - { type: error, error: { code: -32700, message: x } }
    - { type: reply, id: 1, result: {}, method: host.info }
    - { type: error, id: 1, error: {}, result: {} }
expect: ended protocol
---*/
