/*---
id: PAY-004
title: an order that no merchant signed is refused before the user is asked
level: 5
grants: ask
steps: [ { tap: "Pay" } ]
control: naive
expect: { outcome: ok, host: { consentsAsked: 0, paymentsAsked: 0 } }
---*/
await tapped('Pay');
let code = '';
await kiosk.payments.request({orderToken: 'eyJhbGciOiJub25lIn0.e30.'}, {idempotencyKey: 'one'})
    .catch(error => code = error.code);
assert(
    ['order_invalid', 'signature_invalid', 'merchant_unknown'].includes(code), `refused: ${code}`);
