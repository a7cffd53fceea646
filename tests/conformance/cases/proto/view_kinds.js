/*---
id: PROTO-037
title: a record of a kind that is none ends its guest
level: 2
tier: jit
forge:
  each:
    - { records: [[4]] }
    - { records: [[-1]] }
    - { records: [[255]] }
    - { records: [[4294967296]] }
    - { records: [[0.5]] }
    - { records: [["0"]] }
    - { records: [[null]] }
    - { records: [[true]] }
    - { records: [[9223372036854775807]] }
    - { text: ['{"jsonrpc":"2.0","method":"ui.commit","params":',
        '{"records":[[18446744073709551615]]}}'] }
expect: { ended: protocol, detail: ui.commit }
---*/
