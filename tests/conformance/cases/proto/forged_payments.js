/*---
id: PROTO-068
title: a payment that a guest says is made is none
level: 5
guards: [rpc.members]
tier: jit
forge:
  each:
    - { type: call, id: 1, method: payments.request, params: { orderToken: a.b.c }, key: one,
        members: { paid: true } }
    - { type: call, id: 1, method: payments.request, params: { orderToken: a.b.c }, key: one,
        members: { result: { status: paid } } }
    - { type: call, id: 1, method: payments.request, params: { orderToken: a.b.c }, key: one,
        members: { receipt: { id: x } } }
    - { type: call, id: 1, method: payments.request, params: { orderToken: a.b.c }, key: one,
        members: { amountMinor: 1 } }
    - { type: call, id: 1, method: payments.request, params: { orderToken: a.b.c }, key: one,
        members: { consent: granted } }
    - { type: call, id: 1, method: payments.request, params: { orderToken: a.b.c }, key: one,
        members: { kiosk: { idempotencyKey: one, paid: true } } }
    - { type: notify, method: payments.paid, params: { paymentId: x, status: paid } }
    - { type: notify, method: payments.settled, params: { paymentId: x, status: paid } }
    - { type: notify, method: payments.request, params: { paymentId: x, status: paid } }
    - { type: notify, method: payments.refund, params: { paymentId: x, status: paid } }
    - { type: notify, method: payments.receipt, params: { paymentId: x, status: paid } }
    - { type: notify, method: wallet.credit, params: { paymentId: x, status: paid } }
    - { type: reply, id: 1, result: { status: paid, receiptId: x } }
expect: { ended: protocol, host: { consentsAsked: 0, paymentsAsked: 0, calls: [] } }
---*/
