/*---
id: PROTO-067
title: a payment without its key, or with more than its parameters, is refused at once
level: 5
guards: [gate.key]
tier: jit
grants: all
forge:
  acts:
    - { type: call, id: 1, method: payments.request, params: { orderToken: a.b.c } }
    - { wait: '"id":1,"error"' }
    - { type: call, id: 2, method: payments.request, params: {}, key: one }
    - { wait: '"id":2,"error"' }
    - { type: call, id: 3, method: payments.request, params: { orderToken: 7 }, key: one }
    - { wait: '"id":3,"error"' }
    - { type: call, id: 4, method: payments.request, params: { orderToken: a.b.c, amountMinor: 1 },
        key: one }
    - { wait: '"id":4,"error"' }
    - { type: call, id: 5, method: payments.request, params: { orderToken: a.b.c, merchantId: me },
        key: one }
    - { wait: '"id":5,"error"' }
    - { type: call, id: 6, method: payments.request, params: { orderToken: a.b.c, paid: true },
        key: one }
    - { wait: '"id":6,"error"' }
    - { type: call, id: 7, method: payments.refund, params: { paymentId: x, amountMinor: -1 },
        key: one }
    - { wait: '"id":7,"error"' }
    - { type: call, id: 8, method: payments.refund, params: { refundToken: 7 }, key: one }
    - { wait: '"id":8,"error"' }
    - { exit: 0 }
expect:
  ended: closed
  host:
    consentsAsked: 0
    callsOk: 0
    paymentsAsked: 0
    calls:
      - payments.request invalid_params
      - payments.request invalid_params
      - payments.request invalid_params
      - payments.request invalid_params
      - payments.request invalid_params
      - payments.request invalid_params
      - payments.refund invalid_params
      - payments.refund invalid_params
---*/
