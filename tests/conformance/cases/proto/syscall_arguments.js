/*---
id: PROTO-055
title: a system call of the list is refused with arguments that are not
level: 4
guards: [jail.filter]
forge:
  each:
    - { name: shared memory, acts: { syscall: mmap, args: [0, 4096, 3, 33, -1, 0] } }
    - { name: memory that grows down, acts: { syscall: mmap, args: [0, 4096, 3, 290, -1, 0] } }
    - { name: locked memory, acts: { syscall: mmap, args: [0, 4096, 3, 8226, -1, 0] } }
    - { name: a mapping of the socket, acts: { syscall: mmap, args: [0, 4096, 1, 2, 0, 0] } }
    - { name: another protection, acts: { syscall: mprotect, args: [0, 0, 16777216] } }
    - { name: an old mapping kept, acts: { syscall: mremap, args: [0, 0, 0, 4, 0] } }
    - { name: merging with neighbours, acts: { syscall: madvise, args: [0, 0, 12] } }
    - { name: poisoning memory, acts: { syscall: madvise, args: [0, 4096, 100] } }
    - { name: reading another descriptor, acts: { syscall: read, args: [3, 0, 0] } }
    - { name: writing to another descriptor, acts: { syscall: write, args: [3, x, 1] } }
    - { name: urgent data, acts: { syscall: recvfrom, args: [0, 0, 0, 1, 0, 0] } }
    - { name: an address to send to, acts: { syscall: sendto, args: [0, x, 1, 0, x, 16] } }
    - { name: two descriptors to poll, acts: { syscall: poll, args: [0, 2, 0] } }
    - { name: the clock of another process, acts: { syscall: clock_gettime, args: [-10, 0] } }
    - { name: a dynamic clock, acts: { syscall: clock_gettime, args: [-5, 0] } }
    - { name: requeueing, acts: { syscall: futex, args: [0, 3, 0, 0, 0, 0] } }
    - { name: priority inheritance, acts: { syscall: futex, args: [0, 6, 0, 0, 0, 0] } }
    - { name: a handler of refused calls, acts: { syscall: rt_sigaction, args: [31, 0, 0, 8] } }
    - { name: a handler of segv, acts: { syscall: rt_sigaction, args: [11, 0, 0, 8] } }
    - { name: a signal for another process, acts: { syscall: tgkill, args: [1, 1, 6] } }
    - { name: another signal, acts: { syscall: tgkill, args: [0, 0, 9] } }
expect: ended syscall
---*/
