/*---
id: PROTO-041
title: a view of more nodes than the limit ends its guest
level: 3
tier: jit
budget: { nodes: 16 }
forge:
  each:
    - name: at once
      acts:
        records:
          - - 0
            - '~'
            - id: p
              type: 1
              element: p
              children:
                - { id: n0, type: 3, data: "" }
                - { id: n1, type: 3, data: "" }
                - { id: n2, type: 3, data: "" }
                - { id: n3, type: 3, data: "" }
                - { id: n4, type: 3, data: "" }
                - { id: n5, type: 3, data: "" }
                - { id: n6, type: 3, data: "" }
                - { id: n7, type: 3, data: "" }
                - { id: n8, type: 3, data: "" }
                - { id: n9, type: 3, data: "" }
                - { id: n10, type: 3, data: "" }
                - { id: n11, type: 3, data: "" }
                - { id: n12, type: 3, data: "" }
                - { id: n13, type: 3, data: "" }
                - { id: n14, type: 3, data: "" }
                - { id: n15, type: 3, data: "" }
            - 0
    - name: one by one
      acts:
        - repeat: 20
          of:
            text: >-
              {"jsonrpc":"2.0","method":"ui.commit",
              "params":{"records":[[0,"~",{"id":"n#","type":3,"data":""},-1]]}}
expect: { ended: protocol, detail: nodes }
---*/
