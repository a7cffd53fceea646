/*---
id: PAY-126
title: an order that a getter gives otherwise each time is read once, shown and paid
level: 5
refs: ["SBX-CONS-005", "SBX-ARGS-009"]
grants: ask
steps: [ { tap: "Pay" }, { consent: grant } ]
control: naive
expect: { outcome: ok, host: { consentsAsked: 1, paymentsAsked: 1 } }
---*/
const tokens = [
  [
    'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
    'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1nb29kIiwiYW1vdW50TWlub3IiOjE',
    'wMCwiY3VycmVuY3kiOiJSVUIiLCJpdGVtcyI6W3sidGl0bGUiOiJBIGNhc2UiLCJxdWFudGl0eSI6MSw',
    'iYW1vdW50TWlub3IiOjEwMH1dLCJleHAiOjQxMDI0NDQ4MDAsIm5vbmNlIjoiZHc1Z2RpVFdpU1pjcHN',
    'SSWhOQ0FmWiJ9.a1qhpjv5iDg6qlnrScMJ3cD7bjaWx84GyfgY9-BneYVVSE8McJT1UWJbU86aq4kqrV',
    'ZKRKX8s94SPSCqvKWBBg',
  ].join(''),
  [
    'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
    'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1yaWNoIiwiYW1vdW50TWlub3IiOjk',
    'wMDAwMCwiY3VycmVuY3kiOiJSVUIiLCJpdGVtcyI6W3sidGl0bGUiOiJBIGNhc2UiLCJxdWFudGl0eSI',
    '6MSwiYW1vdW50TWlub3IiOjkwMDAwMH1dLCJleHAiOjQxMDI0NDQ4MDAsIm5vbmNlIjoiZTZwbzhrR0x',
    'xQzBsUmFlQXdBMTZoMyJ9.KQvpxGaEMG5dqWOshgP3D_RhwPlDTOthVZ5lAl1zL7Cuiy3pRvg8004E6X',
    'ujjbiR5fHX8As4kINn_CGYeCi1AQ',
  ].join('')
];
let reads = 0;
await tapped('Pay');
const {receipt} = await kiosk.payments.request(
    {
      get orderToken() {
        return tokens[reads++];
      },
    },
    {idempotencyKey: 'one'});
equal(reads, 1, 'readings');
equal(receipt.orderId, 'conformance-good', 'the order that was paid');
