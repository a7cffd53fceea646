/*---
id: PAY-010
title: an order that was changed after its merchant signed it is refused
level: 5
guards: [order.signature]
grants: all
steps: [ { tap: "Pay" } ]
control: naive
expect: { error: signature_invalid, host: { consentsAsked: 0, paymentsAsked: 0 } }
---*/
import {orderToken} from './orders.js';
const [header, payload, signature] = orderToken.split('.');
const order = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
order.exp -= 1;
const changed = btoa(JSON.stringify(order)).replaceAll('+', '-').replaceAll('/', '_');
await tapped('Pay');
await kiosk.payments.request(
    {orderToken: [header, changed.replaceAll('=', ''), signature].join('.')},
    {idempotencyKey: 'one'});
