/*---
id: PROTO-012
title: a number that JSON does not know, or that would change on its way, ends its guest
level: 2
tier: jit
forge:
  each:
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info","params":{"a":NaN}}' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info","params":{"a":Infinity}}' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info","params":{"a":-Infinity}}' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info","params":{"a":1e999}}' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info","params":{"a":-1e999}}' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info","params":{"a":01}}' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info","params":{"a":+1}}' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info","params":{"a":.5}}' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info","params":{"a":1.}}' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info","params":{"a":-}}' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info","params":{"a":0x10}}' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info","params":{"a":1_000}}' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info","params":{"a":1e-999}}' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info","params":{"a":18446744073709551617}}' }
expect: ended protocol
---*/
