/*---
id: PROTO-043
title: a guest that calls on and reads no answer is ended when too many wait for it
level: 3
guards: [host.unread]
tier: jit
timeout: 60
forge:
  - { flood: { type: call, id: '#', method: host.nothing } }
expect: { ended: protocol, detail: does not read }
---*/
