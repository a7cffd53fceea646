/*---
id: PAY-005
promise: a payment without an idempotency key is refused, for a retry of it would charge twice
grants: all
steps: [ { tap: "Pay" } ]
expect: { error: invalid_params, host: { paymentsAsked: 0 } }
---*/
await tapped('Pay');
await kiosk.payments.request({orderToken: 'a.b.c'});
