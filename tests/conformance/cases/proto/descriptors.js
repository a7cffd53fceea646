/*---
id: PROTO-050
title: a guest in its jail can attach no descriptor to what it sends
level: 4
guards: [jail.filter]
tier: jit
forge:
  each:
    - { fds: 1 }
    - { fds: 64 }
expect: ended syscall
---*/
