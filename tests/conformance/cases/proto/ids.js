/*---
id: PROTO-022
title: an id is a whole number from 1 to 2^53
level: 2
guards: [rpc.id]
tier: jit
forge:
  each:
    - { type: call, id: 0, method: host.info }
    - { type: call, id: -1, method: host.info }
    - { type: call, id: 9007199254740993, method: host.info }
    - { type: call, id: 9223372036854775807, method: host.info }
    - { type: call, id: 1.5, method: host.info }
    - { type: call, id: "1", method: host.info }
    - { type: call, id: "", method: host.info }
    - { type: call, id: null, method: host.info }
    - { type: call, id: [], method: host.info }
    - { type: call, id: {}, method: host.info }
    - { type: call, id: true, method: host.info }
    - { type: call, id: [1], method: host.info }
    - { text: '{"jsonrpc":"2.0","id":18446744073709551615,"method":"host.info"}' }
    - { text: '{"jsonrpc":"2.0","id":-9223372036854775808,"method":"host.info"}' }
expect: { ended: protocol, detail: id }
---*/
