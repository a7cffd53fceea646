/*---
id: PROTO-054
title: a guest reaches no part of the kernel that has been a way out before
level: 4
guards: [jail.filter]
forge:
  each:
    - { syscall: bpf, args: [0, 0, 0] }
    - { syscall: io_uring_setup, args: [8, 0] }
    - { syscall: userfaultfd, args: [0] }
    - { syscall: perf_event_open, args: [0, 0, -1, -1, 0] }
    - { syscall: keyctl, args: [0, 0] }
    - { syscall: add_key, args: [user, x, y, 1, -3] }
    - { syscall: init_module, args: [0, 0, ''] }
    - { syscall: finit_module, args: [0, '', 0] }
    - { syscall: kexec_load, args: [0, 0, 0, 0] }
    - { syscall: socket, args: [1, 1, 0] }
    - { syscall: socket, args: [16, 3, 0] }
    - { syscall: socketpair, args: [1, 1, 0, 0] }
    - { syscall: vmsplice, args: [0, 0, 0, 0] }
    - { syscall: splice, args: [0, 0, 0, 0, 1, 0] }
    - { syscall: quotactl, args: [0, 0, 0, 0] }
    - { syscall: mlock, args: [0, 4096] }
    - { syscall: sendmsg, args: [0, 0, 0] }
    - { syscall: recvmsg, args: [0, 0, 0] }
expect: ended syscall
---*/
