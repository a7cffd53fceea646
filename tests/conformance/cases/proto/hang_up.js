/*---
id: PROTO-046
title: a guest that closes its socket and lives on is ended
level: 2
tier: jit
forge:
  hangup: true
  acts: hold
expect: { ended: protocol, detail: closed its socket }
---*/
