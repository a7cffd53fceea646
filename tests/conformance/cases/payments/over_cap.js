/*---
id: PAY-008
title: an app cannot take more than the cap that its manifest declares
level: 5
guards: [order.cap]
grants: all
manifest: {
  payments: { merchant_id: post, methods: [wallet], currencies: [RUB], max_amount: 1000 } }
steps: [ { tap: "Pay" } ]
control: naive
expect: { error: limit_exceeded, host: { consentsAsked: 0, paymentsAsked: 0 } }
---*/
import {orderToken} from './orders.js';
await tapped('Pay');
await kiosk.payments.request({orderToken}, {idempotencyKey: 'one'});
