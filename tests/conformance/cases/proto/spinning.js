/*---
id: PROTO-047
title: a guest that uses the processor and says nothing is ended
level: 3
guards: [host.watch]
tier: jit
budget: { turn: 20ms, load: 20ms }
forge:
  each:
    - spin
    - [{ type: call, id: 1, method: host.info }, spin]
expect: ended cpu
---*/
