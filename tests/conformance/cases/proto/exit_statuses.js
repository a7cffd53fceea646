/*---
id: PROTO-033
title: an exit status that no guest has tells that it was killed
level: 2
tier: jit
forge:
  each:
    - { exit: 1 }
    - { exit: 2 }
    - { exit: 3 }
    - { exit: 64 }
    - { exit: 69 }
    - { exit: 70 }
    - { exit: 100 }
    - { exit: 113 }
    - { exit: 126 }
    - { exit: 127 }
    - { exit: 128 }
    - { exit: 137 }
    - { exit: 255 }
expect: { ended: killed, detail: exit status }
---*/
