/*---
id: PROTO-051
title: every system call that is not on the list ends its guest
level: 4
guards: [jail.filter]
timeout: 120
forge:
  each: every-forbidden-syscall
expect: ended syscall
---*/
