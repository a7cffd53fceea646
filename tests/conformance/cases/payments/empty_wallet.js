/*---
id: PAY-007
title: an empty wallet is not overdrawn
level: 5
grants: all
user: vera
steps: [ { tap: "Pay" } ]
control: naive
expect: { error: insufficient_funds, host: { paymentsAsked: 0 } }
---*/
import {orderToken} from './orders.js';
await tapped('Pay');
await kiosk.payments.request({orderToken}, {idempotencyKey: 'one'});
