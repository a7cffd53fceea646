/*---
id: PROTO-049
title: descriptors that come with a frame do not reach the host
level: 4
tier: jit
forge:
  fds: 64
  acts:
    - { type: call, id: 1, method: host.info }
    - { wait: '"id":1' }
    - { exit: 0 }
expect: { ended: closed, host: { calls: [host.info ok] } }
---*/
