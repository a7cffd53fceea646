/*---
id: PROTO-032
title: an end that its exit status does not bear out is not believed
level: 4
tier: jit
forge:
  each:
    - [{ type: notify, method: $/end, params: { reason: closed, detail: so I say } }, { exit: 1 }]
    - [{ type: notify, method: $/end, params: { reason: error, detail: so I say } }, { exit: 1 }]
    - [{ type: notify, method: $/end, params: { reason: cpu, detail: so I say } }, { exit: 1 }]
    - [{ type: notify, method: $/end, params: { reason: heap, detail: so I say } }, { exit: 1 }]
    - [{ type: notify, method: $/end, params: { reason: memory, detail: so I say } }, { exit: 1 }]
expect: { ended: killed, detail: exit status 1 }
---*/
