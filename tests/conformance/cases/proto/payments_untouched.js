/*---
id: PROTO-066
title: no payment that a forged guest asks for gets as far as the user
level: 5
tier: jit
grants: all
forge:
  acts:
    - { type: call, id: 1, method: payments.request, params: { orderToken: a.b.c }, key: one }
    - { wait: '"id":1,"error"' }
    - { type: call, id: 2, method: payments.request,
        params: { orderToken: eyJhbGciOiJub25lIn0.e30. }, key: two }
    - { wait: '"id":2,"error"' }
    - { type: call, id: 3, method: payments.subscribe, params: { planToken: a.b.c }, key: one }
    - { wait: '"id":3,"error"' }
    - { type: call, id: 4, method: payments.requestMoney, params: { amountMinor: 1,
        currency: RUB } }
    - { wait: '"id":4,"error"' }
    - { exit: 0 }
expect:
  ended: closed
  host:
    consentsAsked: 0
    callsOk: 0
    paymentsAsked: 0
    calls:
      - payments.request activation_required
      - payments.request activation_required
      - payments.subscribe activation_required
      - payments.requestMoney activation_required
---*/
