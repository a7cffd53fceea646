/*---
id: PROTO-028
title: a cancellation names a call by its id
level: 2
tier: jit
forge:
  each:
    - { type: notify, method: $/cancel, params: {} }
    - { type: notify, method: $/cancel, params: { id: "1" } }
    - { type: notify, method: $/cancel, params: { id: -1 } }
    - { type: notify, method: $/cancel, params: { id: 1.5 } }
    - { type: notify, method: $/cancel, params: { id: null } }
    - { type: notify, method: $/cancel, params: { id: [1] } }
    - { type: notify, method: $/cancel, params: { ids: [1] } }
expect: ended protocol
---*/
