/*---
id: PROTO-021
title: the extension of a call holds an idempotency key of 1 to 255 bytes, or nothing
level: 2
tier: jit
forge:
  each:
    - { type: call, id: 1, method: host.info, members: { kiosk: [] } }
    - { type: call, id: 1, method: host.info, members: { kiosk: null } }
    - { type: call, id: 1, method: host.info, members: { kiosk: key } }
    - { type: call, id: 1, method: host.info, members: { kiosk: { granted: true } } }
    - { type: call, id: 1, method: host.info, members: { kiosk: { idempotencyKey: a,
        granted: true } } }
    - { type: call, id: 1, method: host.info, members: { kiosk: { idempotencyKey: 7 } } }
    - { type: call, id: 1, method: host.info, members: { kiosk: { idempotencyKey: null } } }
    - { type: call, id: 1, method: host.info, members: { kiosk: { idempotencyKey: [a] } } }
    - { type: call, id: 1, method: host.info, key: "" }
    - { text: ['{"jsonrpc":"2.0","id":1,"method":"a","kiosk":{"idempotencyKey":"', { text: k,
        times: 256 }, '"}}'] }
expect: ended protocol
---*/
