/*---
id: PAY-005
title: a payment without an idempotency key is refused, for a retry of it would charge twice
level: 5
grants: all
steps: [ { tap: "Pay" } ]
control: naive
expect: { error: invalid_params, host: { paymentsAsked: 0 } }
---*/
await tapped('Pay');
await kiosk.payments.request({orderToken: 'a.b.c'});
