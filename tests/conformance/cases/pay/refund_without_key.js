/*---
id: PAY-170
title: a refund without an idempotency key is refused before its token is looked at
level: 5
guards: [gate.key]
grants: all
expect: { error: invalid_params, host: { callsOk: 0 } }
---*/
await kiosk.payments.refund({refundToken: 'a.b.c'});
