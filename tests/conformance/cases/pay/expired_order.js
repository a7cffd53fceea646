/*---
id: PAY-101
title: an order that has expired is refused before the user is asked
level: 5
guards: [order.expiry]
refs: ["SBX-PAY", "RFC 7519 4.1.4"]
grants: ask
steps: [ { tap: "Pay" } ]
control: naive
expect: { error: order_expired, host: { consentsAsked: 0, paymentsAsked: 0 } }
---*/
const orderToken = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
  'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1leHBpcmVkIiwiYW1vdW50TWlub3I',
  'iOjEwMCwiY3VycmVuY3kiOiJSVUIiLCJpdGVtcyI6W3sidGl0bGUiOiJBIGNhc2UiLCJxdWFudGl0eSI',
  '6MSwiYW1vdW50TWlub3IiOjEwMH1dLCJleHAiOjE2MDAwMDAwMDAsIm5vbmNlIjoiLW1UcUhvTGhJRy1',
  'DaXJLZ0tSZkg2UyJ9.bnRkkgN5PeIANb9ZzSHbsz-vgAETZ3nD1Um_ktbhtfVSbop9rSOUlgE0T81xmY',
  '9jdS-koqZQv27cTKjev0daAg',
].join('');
await tapped('Pay');
await kiosk.payments.request({orderToken}, {idempotencyKey: 'one'});
