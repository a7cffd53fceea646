/*---
id: PAY-129
title: an order's token begins no subscription
level: 5
refs: ["RFC 8725 3.11", "SBX-PAY-013"]
grants: ask
steps: [ { tap: "Subscribe" } ]
manifest: { payments: { merchant_id: post, methods: [wallet], currencies: [RUB], recurring:
    true } }
control: naive
expect: { error: order_invalid, host: { consentsAsked: 0, callsOk: 0 } }
---*/
const planToken = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
  'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1nb29kIiwiYW1vdW50TWlub3IiOjE',
  'wMCwiY3VycmVuY3kiOiJSVUIiLCJpdGVtcyI6W3sidGl0bGUiOiJBIGNhc2UiLCJxdWFudGl0eSI6MSw',
  'iYW1vdW50TWlub3IiOjEwMH1dLCJleHAiOjQxMDI0NDQ4MDAsIm5vbmNlIjoiZHc1Z2RpVFdpU1pjcHN',
  'SSWhOQ0FmWiJ9.a1qhpjv5iDg6qlnrScMJ3cD7bjaWx84GyfgY9-BneYVVSE8McJT1UWJbU86aq4kqrV',
  'ZKRKX8s94SPSCqvKWBBg',
].join('');
await tapped('Subscribe');
await kiosk.payments.subscribe({planToken}, {idempotencyKey: 'one'});
