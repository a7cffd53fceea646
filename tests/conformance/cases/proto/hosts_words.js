/*---
id: PROTO-026
title: what only the host says is not heard from a guest
level: 2
tier: jit
forge:
  each:
    - { type: notify, method: $/ping, params: {} }
    - { type: notify, method: lifecycle, params: { type: shown } }
    - { type: notify, method: lifecycle, params: { type: launched,
        detail: { entryPoint: gallery } } }
    - { type: notify, method: ui.event, params: { type: click, target: "1" } }
    - { type: notify, method: ui.patch, params: { records: [] } }
expect: { ended: protocol, detail: not known }
---*/
