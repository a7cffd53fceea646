/*---
id: PAY-125
title: an order that is exchanged while the sheet is open is not the one that is paid
level: 5
refs: ["SBX-CONS-005", "PSD2 RTS art. 5"]
grants: ask
steps: [ { tap: "Pay" }, { consent: grant } ]
control: naive
expect: { outcome: ok, host: { consentsAsked: 1, paymentsAsked: 1 } }
---*/
const good = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
  'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1nb29kIiwiYW1vdW50TWlub3IiOjE',
  'wMCwiY3VycmVuY3kiOiJSVUIiLCJpdGVtcyI6W3sidGl0bGUiOiJBIGNhc2UiLCJxdWFudGl0eSI6MSw',
  'iYW1vdW50TWlub3IiOjEwMH1dLCJleHAiOjQxMDI0NDQ4MDAsIm5vbmNlIjoiZHc1Z2RpVFdpU1pjcHN',
  'SSWhOQ0FmWiJ9.a1qhpjv5iDg6qlnrScMJ3cD7bjaWx84GyfgY9-BneYVVSE8McJT1UWJbU86aq4kqrV',
  'ZKRKX8s94SPSCqvKWBBg',
].join('');
const rich = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
  'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1yaWNoIiwiYW1vdW50TWlub3IiOjk',
  'wMDAwMCwiY3VycmVuY3kiOiJSVUIiLCJpdGVtcyI6W3sidGl0bGUiOiJBIGNhc2UiLCJxdWFudGl0eSI',
  '6MSwiYW1vdW50TWlub3IiOjkwMDAwMH1dLCJleHAiOjQxMDI0NDQ4MDAsIm5vbmNlIjoiZTZwbzhrR0x',
  'xQzBsUmFlQXdBMTZoMyJ9.KQvpxGaEMG5dqWOshgP3D_RhwPlDTOthVZ5lAl1zL7Cuiy3pRvg8004E6X',
  'ujjbiR5fHX8As4kINn_CGYeCi1AQ',
].join('');
const params = {
  orderToken: good
};
await tapped('Pay');
const call = kiosk.payments.request(params, {idempotencyKey: 'one'});
params.orderToken = rich;
const {receipt} = await call;
equal(receipt.orderId, 'conformance-good', 'the order that was paid');
equal(receipt.amountMinor, 100, 'its amount');
