/*---
id: PROTO-044
title: half a frame, and silence after it, holds up nobody
level: 3
tier: jit
timeout: 1
forge:
  - { header: { length: 1000 }, text: '{"jsonrpc":' }
  - hold
expect: { ended: timeout, host: { callsOk: 0 } }
---*/
