/*---
id: PROTO-020
title: a member that the protocol does not know ends its guest
level: 2
guards: [rpc.members]
tier: jit
forge:
  each:
    - { type: call, id: 1, method: host.info, members: { meta: {} } }
    - { type: call, id: 1, method: host.info, members: { trace: 1 } }
    - { type: call, id: 1, method: host.info, members: { "": 1 } }
    - { type: call, id: 1, method: host.info, members: { Method: host.close } }
    - { type: call, id: 1, method: host.info, members: { "jsonrpc ": "2.0" } }
    - { type: call, id: 1, method: host.info, members: { __proto__: {} } }
    - { type: call, id: 1, method: host.info, members: { constructor: {} } }
    - { type: call, id: 1, method: host.info, members: { priority: 1 } }
expect: { ended: protocol, detail: not known }
---*/
