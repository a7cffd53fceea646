/*---
id: PROTO-003
title: a frame of nothing but white space is no message
level: 2
tier: jit
forge:
  each:
    - { text: ' ' }
    - { text: "\t" }
    - { text: "\n" }
    - { text: "\r\n" }
    - { hex: '00' }
    - { hex: 'c2a0' }
    - { hex: 'e280a8' }
expect: ended protocol
---*/
