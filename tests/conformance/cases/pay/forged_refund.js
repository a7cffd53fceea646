/*---
id: PAY-128
title: a refund that no merchant signed is refused, an order's token too
level: 5
refs: ["SBX-PAY-007", "RFC 8725 3.11"]
grants: all
control: naive
expect: { outcome: ok, host: { callsOk: 0 } }
---*/
const order = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
  'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1nb29kIiwiYW1vdW50TWlub3IiOjE',
  'wMCwiY3VycmVuY3kiOiJSVUIiLCJpdGVtcyI6W3sidGl0bGUiOiJBIGNhc2UiLCJxdWFudGl0eSI6MSw',
  'iYW1vdW50TWlub3IiOjEwMH1dLCJleHAiOjQxMDI0NDQ4MDAsIm5vbmNlIjoiZHc1Z2RpVFdpU1pjcHN',
  'SSWhOQ0FmWiJ9.a1qhpjv5iDg6qlnrScMJ3cD7bjaWx84GyfgY9-BneYVVSE8McJT1UWJbU86aq4kqrV',
  'ZKRKX8s94SPSCqvKWBBg',
].join('');
for (const refundToken of [order, 'a.b.c', `${order}x`, 'e30.e30.AAAA']) {
  await fails('order_invalid', () => kiosk.payments.refund({refundToken}, {idempotencyKey: 'one'}));
}
