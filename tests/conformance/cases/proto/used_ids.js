/*---
id: PROTO-023
title: "an id stands for one call: none is used again, and none goes back"
level: 2
guards: [host.callId]
tier: jit
forge:
  each:
    - [{ type: call, id: 7, method: host.info }, { type: call, id: 7, method: host.info }]
    - [{ type: call, id: 7, method: host.info }, { type: call, id: 6, method: host.info }]
    - [{ type: call, id: 7, method: host.info }, { wait: '"id":7' }, { type: call, id: 7,
        method: host.info }]
    - [{ type: call, id: 9007199254740992, method: host.info }, { type: call, id: 1,
        method: host.info }]
    - name: while its call is in flight
      acts:
        - { type: call, id: 7, method: ui.alert, params: { message: Wait } }
        - { type: call, id: 7, method: host.info }
    - name: after it was cancelled
      acts:
        - { type: call, id: 7, method: ui.alert, params: { message: Wait } }
        - { type: notify, method: $/cancel, params: { id: 7 } }
        - { type: call, id: 7, method: host.info }
    - name: the hundredth of a hundred
      acts:
        - { repeat: 99, of: { type: call, id: '#', method: host.info } }
        - { type: call, id: 99, method: host.info }
expect: { ended: protocol, detail: not above }
---*/
