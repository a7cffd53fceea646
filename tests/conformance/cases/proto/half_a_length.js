/*---
id: PROTO-045
title: half a length, and then the end, is no message
level: 2
tier: jit
forge:
  each:
    - [{ raw: '10' }, { exit: 0 }]
    - [{ raw: '100000' }, { exit: 0 }]
    - [{ header: { length: 1048576 } }, { exit: 0 }]
    - [{ header: { length: 46 }, text: '{"jsonrpc":"2.0","id":1,"method":"host.info"}' },
        { exit: 0 }]
    - { exit: 0 }
expect: { ended: closed, host: { calls: [] } }
---*/
