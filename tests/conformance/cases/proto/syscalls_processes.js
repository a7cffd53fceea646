/*---
id: PROTO-053
title: a guest makes no process and reaches no other
level: 4
guards: [jail.filter]
forge:
  each:
    - { syscall: clone, args: [17, 0, 0, 0, 0] }
    - { syscall: clone3, args: [0, 88] }
    - { syscall: kill, args: [1, 9] }
    - { syscall: kill, args: [-1, 9] }
    - { syscall: tkill, args: [1, 9] }
    - { syscall: ptrace, args: [16, 1, 0, 0] }
    - { syscall: process_vm_readv, args: [1, 0, 0, 0, 0, 0] }
    - { syscall: process_vm_writev, args: [1, 0, 0, 0, 0, 0] }
    - { syscall: pidfd_open, args: [1, 0] }
    - { syscall: pidfd_getfd, args: [3, 0, 0] }
    - { syscall: unshare, args: [268435456] }
    - { syscall: setns, args: [0, 0] }
    - { syscall: prctl, args: [1, 9] }
    - { syscall: setuid, args: [0] }
    - { syscall: capset, args: [0, 0] }
    - { syscall: seccomp, args: [1, 0, 0] }
expect: ended syscall
---*/
