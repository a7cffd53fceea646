/*---
id: PROTO-005
title: one frame holds one message, and nothing after it
level: 2
tier: jit
forge:
  each:
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info"} {}' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info"}1' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info"},' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info"}}' }
    - { text: "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"host.info\"}\0" }
    - { text: '1 {"jsonrpc":"2.0","id":1,"method":"host.info"}' }
expect: ended protocol
---*/
