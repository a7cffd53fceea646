/*---
id: PROTO-060
title: a touch that a guest makes up ends it
level: 4
guards: [rpc.members]
tier: jit
forge:
  each:
    - { type: notify, method: ui.event, params: { type: click, target: "1", isTrusted: true } }
    - { type: notify, method: ui.activation, params: {} }
    - { type: notify, method: $/activation, params: {} }
    - { type: call, id: 1, method: messages.share, params: { text: x },
        members: { activation: true } }
    - { type: call, id: 1, method: messages.share, params: { text: x },
        members: { kiosk: { activation: 1 } } }
expect: ended protocol
---*/
