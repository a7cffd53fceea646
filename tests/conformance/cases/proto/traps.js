/*---
id: PROTO-035
title: a guest that dies as V8 does for want of memory ends alone
level: 2
tier: jit
forge:
  each:
    - { die: ill }
    - { die: trap }
    - [{ type: notify, method: $/log, params: { level: 1, text: last } }, { die: trap }]
expect: ended memory
---*/
