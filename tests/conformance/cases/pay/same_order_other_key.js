/*---
id: PAY-122
title: an order that is paid is not paid again under another idempotency key
level: 5
refs: ["SBX-PAY-001"]
grants: all
steps: [ { tap: "Pay" }, { tap: "Again" } ]
control: naive
expect: ok
---*/
const orderToken = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
  'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1nb29kIiwiYW1vdW50TWlub3IiOjE',
  'wMCwiY3VycmVuY3kiOiJSVUIiLCJpdGVtcyI6W3sidGl0bGUiOiJBIGNhc2UiLCJxdWFudGl0eSI6MSw',
  'iYW1vdW50TWlub3IiOjEwMH1dLCJleHAiOjQxMDI0NDQ4MDAsIm5vbmNlIjoiZHc1Z2RpVFdpU1pjcHN',
  'SSWhOQ0FmWiJ9.a1qhpjv5iDg6qlnrScMJ3cD7bjaWx84GyfgY9-BneYVVSE8McJT1UWJbU86aq4kqrV',
  'ZKRKX8s94SPSCqvKWBBg',
].join('');
await tapped('Pay');
const first = await kiosk.payments.request({orderToken}, {idempotencyKey: 'one'});
equal(first.status, 'paid', 'the first');
await tapped('Again');
let second;
await kiosk.payments.request({orderToken}, {idempotencyKey: 'two'})
    .then(result => second = result.paymentId, error => second = error.code);
assert([first.paymentId, 'duplicate_order'].includes(second), `the second is ${second}`);
const {status, paymentId} = await kiosk.payments.status({orderId: 'conformance-good'});
equal(status, 'paid', 'the order');
equal(paymentId, first.paymentId, 'its payment');
