/*---
id: PROTO-034
title: a guest that dies of a signal ends alone
level: 2
tier: jit
forge:
  each:
    - { die: segv }
    - { die: fpe }
    - { die: abort }
    - [{ type: call, id: 1, method: host.info }, { die: segv }]
    - [{ type: call, id: 1, method: ui.alert, params: { message: Wait } }, { die: abort }]
expect: { ended: killed, detail: died of signal }
---*/
