/*---
id: PROTO-038
title: a node is inserted below an element that is there, at a place that is there
level: 2
tier: jit
forge:
  before:
    - { records: [[0, "~", { id: t, type: 3, data: x }, 0], [0, "~", { id: e, type: 1, element: p },
        1]] }
  each:
    - { records: [[0]] }
    - { records: [[0, "~"]] }
    - { records: [[0, "x", { id: "1", type: 3, data: "" }, 0]] }
    - { records: [[0, 7, { id: "1", type: 3, data: "" }, 0]] }
    - { records: [[0, t, { id: "1", type: 3, data: "" }, 0]] }
    - { records: [[0, "~", { id: "1", type: 3, data: "" }, 3]] }
    - { records: [[0, "~", { id: "1", type: 3, data: "" }, 9223372036854775807]] }
    - { records: [[0, "~", { id: "1", type: 3, data: "" }, -2]] }
    - { records: [[0, "~", { id: "1", type: 3, data: "" }, 0.5]] }
    - { records: [[0, "~", { id: "1", type: 3, data: "" }, "0"]] }
    - { records: [[0, null, { id: "1", type: 3, data: "" }, 0]] }
expect: { ended: protocol, detail: ui.commit }
---*/
