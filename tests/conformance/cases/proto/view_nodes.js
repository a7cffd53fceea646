/*---
id: PROTO-039
title: a node has an id of its own, a type and what its type takes
level: 2
tier: jit
forge:
  before:
    - { records: [[0, "~", { id: t, type: 3, data: x }, 0]] }
  each:
    - { records: [[0, "~", x, 0]] }
    - { records: [[0, "~", null, 0]] }
    - { records: [[0, "~", [], 0]] }
    - { records: [[0, "~", { type: 3, data: "" }, 0]] }
    - { records: [[0, "~", { id: "", type: 3, data: "" }, 0]] }
    - { records: [[0, "~", { id: 7, type: 3, data: "" }, 0]] }
    - { records: [[0, "~", { id: iiiiiiiiiiiiiiiiiiiiiiiii, type: 3, data: "" }, 0]] }
    - { records: [[0, "~", { id: "~", type: 3, data: "" }, 0]] }
    - { records: [[0, "~", { id: t, type: 3, data: "" }, 0]] }
    - { records: [[0, "~", { id: "1" }, 0]] }
    - { records: [[0, "~", { id: "1", type: 9 }, 0]] }
    - { records: [[0, "~", { id: "1", type: 11 }, 0]] }
    - { records: [[0, "~", { id: "1", type: 3 }, 0]] }
    - { records: [[0, "~", { id: "1", type: 1 }, 0]] }
    - { records: [[0, "~", { id: "1", type: 1, element: p, attributes: [] }, 0]] }
    - { records: [[0, "~", { id: "1", type: 1, element: p, eventListeners: [] }, 0]] }
    - { records: [[0, "~", { id: "1", type: 1, element: p, children: {} }, 0]] }
    - { records: [[0, "~", { id: "1", type: 1, element: p, children: [{ id: "1", type: 3,
        data: "" }] }, 0]] }
expect: { ended: protocol, detail: ui.commit }
---*/
