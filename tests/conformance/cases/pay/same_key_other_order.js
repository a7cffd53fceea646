/*---
id: PAY-121
title: an idempotency key that was used for one order does not serve another
level: 5
guards: [gate.sameKey]
refs: ["SBX-PAY-002"]
grants: ask
steps: [ { tap: "Pay" }, { consent: grant }, { tap: "Other" } ]
control: naive
expect: { outcome: ok, host: { consentsAsked: 1, paymentsAsked: 1 } }
---*/
const orderToken = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
  'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1nb29kIiwiYW1vdW50TWlub3IiOjE',
  'wMCwiY3VycmVuY3kiOiJSVUIiLCJpdGVtcyI6W3sidGl0bGUiOiJBIGNhc2UiLCJxdWFudGl0eSI6MSw',
  'iYW1vdW50TWlub3IiOjEwMH1dLCJleHAiOjQxMDI0NDQ4MDAsIm5vbmNlIjoiZHc1Z2RpVFdpU1pjcHN',
  'SSWhOQ0FmWiJ9.a1qhpjv5iDg6qlnrScMJ3cD7bjaWx84GyfgY9-BneYVVSE8McJT1UWJbU86aq4kqrV',
  'ZKRKX8s94SPSCqvKWBBg',
].join('');
const otherToken = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
  'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1vdGhlciIsImFtb3VudE1pbm9yIjo',
  'xMDAsImN1cnJlbmN5IjoiUlVCIiwiaXRlbXMiOlt7InRpdGxlIjoiQSBjYXNlIiwicXVhbnRpdHkiOjE',
  'sImFtb3VudE1pbm9yIjoxMDB9XSwiZXhwIjo0MTAyNDQ0ODAwLCJub25jZSI6IjJTbUtFTkd3YzFnMzN',
  'FdllYYXhrR3cifQ.scbhGtCjHYr86vz0SDcWlLbowf4lnftTZrU08Qe42cBLoC5d7oADCn73nLVUOprm',
  'UHvEt5N6SWe3yDMxRHFrAw',
].join('');
await tapped('Pay');
const {status} = await kiosk.payments.request({orderToken}, {idempotencyKey: 'one'});
equal(status, 'paid', 'the first');
await tapped('Other');
await fails(
    'invalid_params',
    () => kiosk.payments.request({orderToken: otherToken}, {idempotencyKey: 'one'}));
