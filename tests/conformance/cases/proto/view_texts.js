/*---
id: PROTO-042
title: a view whose texts have no end ends its guest
level: 3
guards: [view.bytes]
tier: jit
forge:
  - repeat: 600
    of:
      text:
        - '{"jsonrpc":"2.0","method":"ui.commit","params":{"records":[[0,"~",'
        - '{"id":"#","type":3,"data":"'
        - { text: x, times: 16000 }
        - '"},-1]]}}'
expect: { ended: protocol, detail: texts }
---*/
