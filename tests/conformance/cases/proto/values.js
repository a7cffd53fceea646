/*---
id: PROTO-007
title: a message of more values than one may hold is refused
level: 2
tier: jit
forge:
  each:
    - name: numbers
      acts:
        text:
          - '{"jsonrpc":"2.0","id":1,"method":"host.info","params":{"a":['
          - { text: '0,', times: 17000 }
          - '0]}}'
      detail: values
    - name: empty maps
      acts: { text: ['[', { text: '{},', times: 17000 }, '{}]'] }
      detail: values
    - name: empty lists
      acts: { text: ['[', { text: '[],', times: 300000 }, '[]]'] }
      detail: values
expect: ended protocol
---*/
