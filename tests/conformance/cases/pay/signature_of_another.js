/*---
id: PAY-118
title: the signature of one order does not carry another
level: 5
guards: [order.signature]
refs: ["SBX-PAY-012"]
grants: ask
steps: [ { tap: "Pay" } ]
control: naive
expect: { error: signature_invalid, host: { consentsAsked: 0, paymentsAsked: 0 } }
---*/
const good = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
  'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1nb29kIiwiYW1vdW50TWlub3IiOjE',
  'wMCwiY3VycmVuY3kiOiJSVUIiLCJpdGVtcyI6W3sidGl0bGUiOiJBIGNhc2UiLCJxdWFudGl0eSI6MSw',
  'iYW1vdW50TWlub3IiOjEwMH1dLCJleHAiOjQxMDI0NDQ4MDAsIm5vbmNlIjoiZHc1Z2RpVFdpU1pjcHN',
  'SSWhOQ0FmWiJ9.a1qhpjv5iDg6qlnrScMJ3cD7bjaWx84GyfgY9-BneYVVSE8McJT1UWJbU86aq4kqrV',
  'ZKRKX8s94SPSCqvKWBBg',
].join('');
const other = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
  'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1vdGhlciIsImFtb3VudE1pbm9yIjo',
  'xMDAsImN1cnJlbmN5IjoiUlVCIiwiaXRlbXMiOlt7InRpdGxlIjoiQSBjYXNlIiwicXVhbnRpdHkiOjE',
  'sImFtb3VudE1pbm9yIjoxMDB9XSwiZXhwIjo0MTAyNDQ0ODAwLCJub25jZSI6IjJTbUtFTkd3YzFnMzN',
  'FdllYYXhrR3cifQ.scbhGtCjHYr86vz0SDcWlLbowf4lnftTZrU08Qe42cBLoC5d7oADCn73nLVUOprm',
  'UHvEt5N6SWe3yDMxRHFrAw',
].join('');
const [header, payload] = good.split('.');
await tapped('Pay');
const orderToken = [header, payload, other.split('.')[2]].join('.');
await kiosk.payments.request({orderToken}, {idempotencyKey: 'one'});
