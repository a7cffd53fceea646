/*---
id: PROTO-024
title: the protocol's own names are notifications, and no call bears one
level: 2
guards: [host.reserved]
tier: jit
forge:
  each:
    - { type: call, id: 1, method: $/started }
    - { type: call, id: 1, method: $/end }
    - { type: call, id: 1, method: $/log }
    - { type: call, id: 1, method: $/cancel }
    - { type: call, id: 1, method: $/pong }
    - { type: call, id: 1, method: $/ping }
    - { type: call, id: 1, method: $/ }
    - { type: call, id: 1, method: $/anything }
expect: { ended: protocol, detail: notifications }
---*/
