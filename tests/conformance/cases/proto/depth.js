/*---
id: PROTO-006
title: a text nested too deep is refused before it is built
level: 2
tier: jit
forge:
  each:
    - { name: lists, acts: { text: [{ text: '[', times: 100000 }, { text: ']', times: 100000 }] } }
    - { name: maps, acts: { text: [{ text: '{"a":', times: 100000 }, '1', { text: '}',
        times: 100000 }] } }
    - { name: open lists, acts: { text: [{ text: '[', times: 1000000 }] } }
    - { name: both, acts: { text: [{ text: '[{"a":', times: 60000 }] } }
    - name: one too deep
      acts:
        text:
          - '{"jsonrpc":"2.0","id":1,"method":"host.info","params":{"a":'
          - { text: '[', times: 31 }
          - { text: ']', times: 31 }
          - '}}'
      detail: deep
expect: ended protocol
---*/
