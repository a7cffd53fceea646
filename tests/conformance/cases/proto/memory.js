/*---
id: PROTO-048
title: memory over its bound is refused to a guest by the kernel
level: 3
guards: [jail.limits]
tier: jit
budget: { memory: 32M }
forge:
  each:
    - { touch: 256 }
    - { touch: 4096 }
expect: { ended: killed, detail: exit status 99 }
---*/
