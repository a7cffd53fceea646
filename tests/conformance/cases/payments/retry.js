/*---
id: PAY-002
title: the same key gives the same answer, and the user is asked and charged once
level: 5
grants: ask
steps: [ { tap: "Pay" }, { consent: grant }, { tap: "Again" } ]
control: naive
expect: { outcome: ok, host: { consentsAsked: 1 } }
---*/
import {orderToken} from './orders.js';
await tapped('Pay');
const first = await kiosk.payments.request({orderToken}, {idempotencyKey: 'one'});
await tapped('Again');
const second = await kiosk.payments.request({orderToken}, {idempotencyKey: 'one'});
equal(second.paymentId, first.paymentId, 'the payment');
const {status} = await kiosk.payments.status({paymentId: first.paymentId});
equal(status, 'paid', 'the status');
