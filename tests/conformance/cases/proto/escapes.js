/*---
id: PROTO-010
title: an escape that stands for no character ends its guest
level: 2
tier: jit
forge:
  each:
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info","params":{"a":"\ud800"}}' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info","params":{"a":"\udfff"}}' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info","params":{"a":"\ud800\u0041"}}' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info","params":{"a":"\udc00\ud800"}}' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info","params":{"a":"\u12"}}' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info","params":{"a":"\x41"}}' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info","params":{"a":"\a"}}' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info","params":{"a":"\u{41}"}}' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info","params":{"a":"\"}}' }
expect: ended protocol
---*/
