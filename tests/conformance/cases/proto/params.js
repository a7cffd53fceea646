/*---
id: PROTO-019
title: params are a map, and nothing else
level: 2
tier: jit
forge:
  each:
    - { type: call, id: 1, method: host.info, params: [] }
    - { type: call, id: 1, method: host.info, params: null }
    - { type: call, id: 1, method: host.info, params: 1 }
    - { type: call, id: 1, method: host.info, params: true }
    - { type: call, id: 1, method: host.info, params: "{}" }
    - { type: call, id: 1, method: host.info, params: [{}] }
    - { type: notify, method: $/log, params: [1, x] }
expect: { ended: protocol, detail: params }
---*/
