/*---
id: PROTO-065
title: a method that is not in the catalogue does not exist, whatever its name promises
level: 4
tier: jit
grants: all
forge:
  acts:
    - { type: call, id: 1, method: consent.grant }
    - { wait: '"id":1,"error"' }
    - { type: call, id: 2, method: consent.answer }
    - { wait: '"id":2,"error"' }
    - { type: call, id: 3, method: host.install }
    - { wait: '"id":3,"error"' }
    - { type: call, id: 4, method: host.shutdown }
    - { wait: '"id":4,"error"' }
    - { type: call, id: 5, method: store.backup }
    - { wait: '"id":5,"error"' }
    - { type: call, id: 6, method: audit.write }
    - { wait: '"id":6,"error"' }
    - { type: call, id: 7, method: users.list }
    - { wait: '"id":7,"error"' }
    - { type: call, id: 8, method: identity.issue }
    - { wait: '"id":8,"error"' }
    - { type: call, id: 9, method: keys.rotate }
    - { wait: '"id":9,"error"' }
    - { type: call, id: 10, method: __proto__ }
    - { wait: '"id":10,"error"' }
    - { type: call, id: 11, method: constructor }
    - { wait: '"id":11,"error"' }
    - { type: call, id: 12, method: host.constructor }
    - { wait: '"id":12,"error"' }
    - { type: call, id: 13, method: storage.local }
    - { wait: '"id":13,"error"' }
    - { type: call, id: 14, method: kiosk.host.info }
    - { wait: '"id":14,"error"' }
    - { type: call, id: 15, method: HOST.INFO }
    - { wait: '"id":15,"error"' }
    - { type: call, id: 16, method: host..info }
    - { wait: '"id":16,"error"' }
    - { exit: 0 }
expect:
  ended: closed
  host:
    consentsAsked: 0
    callsOk: 0
    calls:
      - consent.grant unsupported
      - consent.answer unsupported
      - host.install unsupported
      - host.shutdown unsupported
      - store.backup unsupported
      - audit.write unsupported
      - users.list unsupported
      - identity.issue unsupported
      - keys.rotate unsupported
      - __proto__ unsupported
      - constructor unsupported
      - host.constructor unsupported
      - storage.local unsupported
      - kiosk.host.info unsupported
      - HOST.INFO unsupported
      - host..info unsupported
---*/
