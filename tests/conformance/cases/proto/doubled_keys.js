/*---
id: PROTO-008
title: a key that stands twice is refused, wherever it stands and however it is spelt
level: 2
tier: jit
forge:
  each:
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info","method":"host.close"}' }
    - { text: '{"jsonrpc":"2.0","id":1,"id":2,"method":"host.info"}' }
    - { text: '{"jsonrpc":"2.0","jsonrpc":"2.0","id":1,"method":"host.info"}' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info","params":{},"params":{}}' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info","params":{"a":1,"a":1}}' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info","params":{"a":1,"\u0061":2}}' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info","params":{"a":[{"b":1,"b":2}]}}' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info","params":{"":1,"":2}}' }
expect: ended protocol
---*/
