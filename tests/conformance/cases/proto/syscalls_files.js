/*---
id: PROTO-052
title: a guest opens, makes and lists no file
level: 4
guards: [jail.filter]
forge:
  each:
    - { syscall: openat, args: [-100, /etc/passwd, 0] }
    - { syscall: openat, args: [-100, /proc/self/mem, 2] }
    - { syscall: openat2, args: [-100, /etc/passwd, 0, 24] }
    - { syscall: execve, args: [/bin/sh, 0, 0] }
    - { syscall: execveat, args: [-100, /bin/sh, 0, 0, 0] }
    - { syscall: mkdirat, args: [-100, /tmp/x, 511] }
    - { syscall: unlinkat, args: [-100, /tmp/x, 0] }
    - { syscall: renameat2, args: [-100, /tmp/x, -100, /tmp/y, 0] }
    - { syscall: getdents64, args: [0, 0, 0] }
    - { syscall: newfstatat, args: [-100, /etc, 0, 0] }
    - { syscall: readlinkat, args: [-100, /proc/self/exe, 0, 0] }
    - { syscall: memfd_create, args: [x, 0] }
    - { syscall: chroot, args: [/tmp] }
    - { syscall: mount, args: [0, /tmp, tmpfs, 0, 0] }
expect: ended syscall
---*/
