/*---
id: PROTO-036
title: a view is changed by a list of records that are lists
level: 2
tier: jit
forge:
  each:
    - { type: notify, method: ui.commit, params: {  } }
    - { type: notify, method: ui.commit, params: { records: null } }
    - { type: notify, method: ui.commit, params: { records: {} } }
    - { type: notify, method: ui.commit, params: { records: "[]" } }
    - { type: notify, method: ui.commit, params: { records: 1 } }
    - { type: notify, method: ui.commit, params: { record: [] } }
    - { records: [1] }
    - { records: [null] }
    - { records: [{}] }
    - { records: [[]] }
    - { records: [[[]]] }
    - { records: ["x"] }
expect: { ended: protocol, detail: ui.commit }
---*/
