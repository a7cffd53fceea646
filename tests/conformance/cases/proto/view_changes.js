/*---
id: PROTO-040
title: what is removed or changed in a view is there
level: 2
tier: jit
forge:
  before:
    - { records: [[0, "~", { id: t, type: 3, data: x }, 0], [0, "~", { id: e, type: 1, element: p },
        1]] }
  each:
    - { records: [[1]] }
    - { records: [[1, x, 0]] }
    - { records: [[1, "~", 2]] }
    - { records: [[1, "~", -1]] }
    - { records: [[1, "~", 9223372036854775807]] }
    - { records: [[2]] }
    - { records: [[2, x, y]] }
    - { records: [[2, "~", 1]] }
    - { records: [[2, t, {}]] }
    - { records: [[3]] }
    - { records: [[3, x, label, y, 1]] }
    - { records: [[3, e, 1, y, 1]] }
    - { records: [[3, e, label, y]] }
    - { records: [[1, "~", 0], [2, t, y]] }
expect: { ended: protocol, detail: ui.commit }
---*/
