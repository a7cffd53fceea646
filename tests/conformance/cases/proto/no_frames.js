/*---
id: PROTO-002
title: bytes of another protocol end their guest at the first length that is none
level: 2
guards: [frame.size]
tier: jit
forge:
  each:
    - { name: HTTP, acts: { raw: '474554202f20485454502f312e310d0a' }, detail: a frame of }
    - { name: SSH, acts: { raw: '5353482d322e302d0d0a' } }
    - { name: ELF, acts: { raw: '7f454c46020101000000000000000000' } }
    - { name: zeroes, acts: { raw: [{ hex: '00', times: 4096 }] } }
    - { name: ones, acts: { raw: [{ hex: 'ff', times: 4096 }] } }
    - { name: a script, acts: { raw: '23212f62696e2f73680a' } }
    - { name: JSON without a length, acts: { raw: '7b226a736f6e727063223a22322e30227d' } }
    - { name: a length in the other order,
        acts: { raw: '0000002d7b226a736f6e727063223a22322e30227d' } }
expect: ended protocol
---*/
