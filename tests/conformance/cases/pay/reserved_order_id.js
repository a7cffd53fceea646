/*---
id: PAY-114
title: a merchant's order cannot bear an id that is the host's own
level: 5
guards: [order.reserved]
grants: ask
steps: [ { tap: "Pay" } ]
control: naive
expect: { error: order_invalid, host: { consentsAsked: 0, paymentsAsked: 0 } }
---*/
const orderToken = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
  'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJraW9zay1zdWItMSIsImFtb3VudE1pbm9yIjoxMDAsImN',
  '1cnJlbmN5IjoiUlVCIiwiaXRlbXMiOlt7InRpdGxlIjoiQSBjYXNlIiwicXVhbnRpdHkiOjEsImFtb3V',
  'udE1pbm9yIjoxMDB9XSwiZXhwIjo0MTAyNDQ0ODAwLCJub25jZSI6IlJVTko1Q0x3VXBjWkhxMFQ0aDA',
  '5dFMifQ.uY6rxOumFeQauu62EM3d1N6f0Ch2VetjF2YOHVjqg8tsewoQzZVSh9WMEP8wCpn8UzFZIq7d',
  'uclp51n27i68AA',
].join('');
await tapped('Pay');
await kiosk.payments.request({orderToken}, {idempotencyKey: 'one'});
