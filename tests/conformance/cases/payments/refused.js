/*---
id: PAY-006
title: the user's no stops the payment, and the payment does not exist
level: 5
grants: ask
steps: [ { tap: "Pay" }, { consent: deny } ]
control: naive
expect: { outcome: ok, host: { consentsAsked: 1, paymentsAsked: 0 } }
---*/
import {orderToken} from './orders.js';
await tapped('Pay');
await fails(
    'user_refused', () => kiosk.payments.request({orderToken}, {idempotencyKey: 'one'}));
await fails('not_found', () => kiosk.payments.status({orderId: 'conformance-1'}));
