/*---
id: PROTO-025
title: a notification that no guest has is no way to do anything
level: 2
tier: jit
forge:
  each:
    - { type: notify, method: host.close, params: {} }
    - { type: notify, method: host.info, params: {} }
    - { type: notify, method: payments.request, params: {} }
    - { type: notify, method: consent.request, params: {} }
    - { type: notify, method: $/, params: {} }
    - { type: notify, method: $/exit, params: {} }
    - { type: notify, method: $/STARTED, params: {} }
    - { type: notify, method: $/started., params: {} }
    - { type: notify, method: ui.commit., params: {} }
    - { type: notify, method: UI.commit, params: {} }
    - { type: notify, method: rpc.discover, params: {} }
    - { type: notify, method: notifications/cancelled, params: {} }
expect: { ended: protocol, detail: not known }
---*/
