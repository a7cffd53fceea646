/*---
id: PAY-009
title: an app cannot take money for a merchant that its manifest does not name
level: 5
guards: [order.merchant]
grants: all
manifest: {
  payments: { merchant_id: other, methods: [wallet], currencies: [RUB] } }
steps: [ { tap: "Pay" } ]
control: naive
expect: { error: not_declared, host: { consentsAsked: 0, paymentsAsked: 0 } }
---*/
import {orderToken} from './orders.js';
await tapped('Pay');
await kiosk.payments.request({orderToken}, {idempotencyKey: 'one'});
