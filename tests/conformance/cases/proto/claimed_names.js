/*---
id: PROTO-062
title: "who a guest is, its socket says: a user, an app or a session that it names ends it"
level: 4
guards: [rpc.members]
tier: jit
forge:
  each:
    - { type: call, id: 1, method: storage.local.keys, members: { user: boris } }
    - { type: call, id: 1, method: storage.local.keys, members: { userId: boris } }
    - { type: call, id: 1, method: storage.local.keys, members: { app: org.example.other } }
    - { type: call, id: 1, method: storage.local.keys, members: { appId: org.example.other } }
    - { type: call, id: 1, method: storage.local.keys, members: { session: "1" } }
    - { type: call, id: 1, method: storage.local.keys,
        members: { sessionId: 00000000000000000000000000000000 } }
    - { type: call, id: 1, method: storage.local.keys, members: { origin: host } }
    - { type: call, id: 1, method: storage.local.keys, members: { sender: host } }
    - { type: call, id: 1, method: storage.local.keys, members: { pid: 1 } }
expect: { ended: protocol, host: { calls: [] } }
---*/
