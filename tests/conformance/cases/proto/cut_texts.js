/*---
id: PROTO-004
title: a text that stops in its middle is not waited for nor guessed at
level: 2
tier: jit
forge:
  each:
    - { text: '{' }
    - { text: '[' }
    - { text: '"' }
    - { text: tru }
    - { text: '{"jsonrpc":"2.0",' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info"' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.in' }
    - { text: '{"jsonrpc":"2.0","id":' }
expect: ended protocol
---*/
