/*---
id: PAY-003
title: a mini-app cannot charge a user who did not grant payments.charge
level: 5
guards: [gate.consent]
grants: [identity.basic]
steps: [ { tap: "Pay" } ]
control: naive
expect: { error: permission_denied, host: { paymentsAsked: 0 } }
---*/
import {orderToken} from './orders.js';
await tapped('Pay');
await kiosk.payments.request({orderToken}, {idempotencyKey: 'one'});
