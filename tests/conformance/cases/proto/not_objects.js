/*---
id: PROTO-015
title: a message is a map, and no scalar stands for one
level: 2
tier: jit
forge:
  each:
    - { json: 1 }
    - { json: null }
    - { json: true }
    - { json: false }
    - { json: -1.5 }
    - { json: "host.info" }
    - { json: "" }
expect: { ended: protocol, detail: object }
---*/
