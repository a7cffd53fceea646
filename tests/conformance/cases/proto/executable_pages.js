/*---
id: PROTO-056
title: without a compiler no page becomes executable
level: 4
guards: [jail.filter]
tier: jitless
forge:
  each:
    - { name: a new page, acts: { syscall: mmap, args: [0, 4096, 7, 34, -1, 0] } }
    - { name: a page of code alone, acts: { syscall: mmap, args: [0, 4096, 4, 34, -1, 0] } }
    - { name: a page that is there, acts: { syscall: mprotect, args: [0, 4096, 5] } }
    - { name: by a key, acts: { syscall: pkey_mprotect, args: [0, 4096, 5, 0] } }
expect: ended syscall
---*/
