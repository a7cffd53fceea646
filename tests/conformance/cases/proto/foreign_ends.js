/*---
id: PROTO-031
title: an end that is the host's or the jail's to give is not a guest's to claim
level: 4
guards: [host.claim]
tier: jit
forge:
  each:
    - { type: notify, method: $/end, params: { reason: timeout, detail: "" } }
    - { type: notify, method: $/end, params: { reason: syscall, detail: "" } }
    - { type: notify, method: $/end, params: { reason: protocol, detail: "" } }
    - { type: notify, method: $/end, params: { reason: killed, detail: "" } }
    - { type: notify, method: $/end, params: { reason: evicted, detail: "" } }
expect: { ended: protocol, detail: $/end }
---*/
