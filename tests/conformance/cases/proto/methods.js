/*---
id: PROTO-018
title: a method has a name of 1 to 64 plain characters
level: 2
guards: [rpc.method]
tier: jit
forge:
  each:
    - { type: call, id: 1 }
    - { type: call, id: 1, method: "" }
    - { text: ['{"jsonrpc":"2.0","id":1,"method":"', { text: a, times: 65 }, '"}'] }
    - { text: ['{"jsonrpc":"2.0","id":1,"method":"', { text: a, times: 900000 }, '"}'] }
    - { type: call, id: 1, method: "host info" }
    - { type: call, id: 1, method: "host.info\n" }
    - { type: call, id: 1, method: "host.info\0" }
    - { type: call, id: 1, method: "host-info" }
    - { type: call, id: 1, method: "хост.info" }
    - { type: call, id: 1, method: "host.info;" }
    - { type: call, id: 1, method: "../host.info\\" }
    - { type: call, id: 1, method: {} }
    - { type: call, id: 1, method: null }
    - { type: call, id: 1, method: 7 }
    - { type: call, id: 1, method: [host.info] }
expect: { ended: protocol, detail: method }
---*/
