/*---
id: PAY-120
title: a token that is empty, too long or no text never reaches the payments
level: 5
guards: [gate.schema]
grants: ask
control: naive
expect: { outcome: ok, host: { consentsAsked: 0, paymentsAsked: 0 } }
---*/
for (const orderToken of ['', 'x'.repeat(16385), 17, null, ['a.b.c'], {}]) {
  await fails(
      'invalid_params', () => kiosk.payments.request({orderToken}, {idempotencyKey: 'one'}));
}
