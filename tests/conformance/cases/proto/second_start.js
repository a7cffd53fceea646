/*---
id: PROTO-027
title: a guest starts once
level: 2
tier: jit
forge:
  each:
    - { type: notify, method: $/started, params: {} }
    - { type: notify, method: $/started, params: { again: true } }
    - [{ type: call, id: 1, method: host.info }, { wait: '"id":1' }, { type: notify,
        method: $/started }]
expect: ended protocol
---*/
