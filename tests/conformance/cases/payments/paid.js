/*---
id: PAY-001
title: an order that its merchant signed is paid when the user agrees, with a receipt
level: 5
grants: ask
steps: [ { tap: "Pay" }, { consent: grant } ]
expect: { outcome: ok, host: { consentsAsked: 1, paymentsAsked: 1 } }
---*/
import {orderToken} from './orders.js';
await tapped('Pay');
const {status, receipt} =
    await kiosk.payments.request({orderToken}, {idempotencyKey: 'one'});
equal(status, 'paid', 'the status');
equal(receipt.amountMinor, 125000, 'the amount');
equal(receipt.orderId, 'conformance-1', 'the order');
