/*---
id: PAY-119
title: "a token has one spelling: no padding, space, other alphabet, or fourth part"
level: 5
refs: ["RFC 7515 2", "RFC 4648 3.5"]
grants: ask
steps: [ { tap: "0" }, { tap: "1" }, { tap: "2" }, { tap: "3" }, { tap: "4" }, { tap: "5" } ]
control: naive
expect: { outcome: ok, host: { consentsAsked: 0, paymentsAsked: 0 } }
---*/
import {orderToken} from './orders.js';
const [header, payload, signature] = orderToken.split('.');
const changed = [
  `${orderToken}=`,
  `${orderToken}.`,
  ` ${orderToken}`,
  `${header}.${payload}`,
  `${header}..${signature}`,
  `${header}\n.${payload}.${signature}`,
];
for (const [index, token] of changed.entries()) {
  await tapped(String(index));
  let code;
  await kiosk.payments.request({orderToken: token}, {idempotencyKey: `k${index}`})
      .catch(error => code = error.code);
  assert(['order_invalid', 'signature_invalid'].includes(code), `${index}: ${code}`);
}
