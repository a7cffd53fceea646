/*---
id: PROTO-001
title: a frame whose length is none ends its guest, and the host waits for none of it
level: 2
guards: [frame.size, frame.empty]
tier: jit
forge:
  each:
    - { name: none, acts: { header: { length: 0 } }, detail: an empty frame }
    - { name: all ones, acts: { header: { length: 4294967295 } }, detail: "4294967295" }
    - { header: { length: 2147483648 } }
    - { header: { length: 1048577 } }
    - { header: { length: 2147483647 } }
    - { header: { length: 16777216 } }
    - { header: { length: 0 }, text: '{"jsonrpc":"2.0","id":1,"method":"host.info"}' }
    - { header: { length: 4294967295 }, text: '{"jsonrpc":"2.0","id":1,"method":"host.info"}' }
expect: ended protocol
---*/
