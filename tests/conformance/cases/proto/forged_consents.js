/*---
id: PROTO-064
title: an answer to a consent is not a guest's to give
level: 4
tier: jit
forge:
  each:
    - { type: notify, method: consent.answer, params: { id: 1, granted: true } }
    - { type: notify, method: consent.granted, params: { id: 1, granted: true } }
    - { type: notify, method: $/consent, params: { id: 1, granted: true } }
    - { type: notify, method: $/grant, params: { id: 1, granted: true } }
    - { type: notify, method: ui.consent, params: { id: 1, granted: true } }
    - { type: notify, method: sheet.answer, params: { id: 1, granted: true } }
    - { type: reply, id: 1, result: { granted: true } }
    - { type: reply, id: 1, result: { state: granted } }
expect: { ended: protocol, host: { consentsAsked: 0, calls: [] } }
---*/
