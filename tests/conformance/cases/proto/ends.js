/*---
id: PROTO-030
title: an end that a guest tells has a reason and a detail
level: 2
tier: jit
forge:
  each:
    - { type: notify, method: $/end, params: {} }
    - { type: notify, method: $/end, params: { detail: "" } }
    - { type: notify, method: $/end, params: { reason: error } }
    - { type: notify, method: $/end, params: { reason: bliss, detail: "" } }
    - { type: notify, method: $/end, params: { reason: "", detail: "" } }
    - { type: notify, method: $/end, params: { reason: 1, detail: "" } }
    - { type: notify, method: $/end, params: { reason: [error], detail: "" } }
    - { type: notify, method: $/end, params: { reason: error, detail: 7 } }
    - { type: notify, method: $/end, params: { reason: error, detail: null } }
expect: { ended: protocol, detail: $/end }
---*/
