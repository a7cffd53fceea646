/*---
id: PROTO-016
title: a message without the version of its protocol is none
level: 2
guards: [rpc.version]
tier: jit
forge:
  each:
    - { json: { id: 1, method: host.info } }
    - { json: {} }
    - { type: call, id: 1, method: host.info, members: { jsonrpc: "1.0" } }
    - { type: call, id: 1, method: host.info, members: { jsonrpc: 2.0 } }
    - { type: call, id: 1, method: host.info, members: { jsonrpc: "2.00" } }
    - { type: call, id: 1, method: host.info, members: { jsonrpc: null } }
    - { type: call, id: 1, method: host.info, members: { jsonrpc: ["2.0"] } }
    - { type: call, id: 1, method: host.info, members: { jsonrpc: { "2.0": "2.0" } } }
expect: { ended: protocol, detail: jsonrpc }
---*/
