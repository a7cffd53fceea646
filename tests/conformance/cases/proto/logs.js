/*---
id: PROTO-029
title: a log line has a level from 0 to 3 and a text
level: 2
tier: jit
forge:
  each:
    - { type: notify, method: $/log, params: {} }
    - { type: notify, method: $/log, params: { text: x } }
    - { type: notify, method: $/log, params: { level: 1 } }
    - { type: notify, method: $/log, params: { level: 4, text: x } }
    - { type: notify, method: $/log, params: { level: -1, text: x } }
    - { type: notify, method: $/log, params: { level: 1.5, text: x } }
    - { type: notify, method: $/log, params: { level: error, text: x } }
    - { type: notify, method: $/log, params: { level: 1, text: {} } }
    - { type: notify, method: $/log, params: { level: 1, text: null } }
    - { type: notify, method: $/log, params: { level: 1, text: 7 } }
    - { type: notify, method: $/log, params: { level: [1], text: x } }
    - { type: notify, method: $/log, params: { level: 4294967297, text: x } }
expect: { ended: protocol, detail: $/log }
---*/
