/*---
id: PROTO-014
title: batches are not spoken, not even empty ones
level: 2
tier: jit
forge:
  each:
    - { json: [] }
    - { json: [{ jsonrpc: "2.0", id: 1, method: host.info }] }
    - { json: [{ jsonrpc: "2.0", method: $/started, params: {} }, { jsonrpc: "2.0", id: 1,
        method: host.info }] }
    - { json: [[]] }
    - { json: [1] }
expect: { ended: protocol, detail: object }
---*/
