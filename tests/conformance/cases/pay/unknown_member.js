/*---
id: PAY-108
title: an order with a member that the host does not know is refused
level: 5
refs: ["SBX-PAY"]
grants: ask
steps: [ { tap: "Pay" } ]
control: naive
expect: { error: order_invalid, host: { consentsAsked: 0, paymentsAsked: 0 } }
---*/
const orderToken = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
  'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1leHRyYSIsImFtb3VudE1pbm9yIjo',
  'xMDAsImN1cnJlbmN5IjoiUlVCIiwiaXRlbXMiOlt7InRpdGxlIjoiQSBjYXNlIiwicXVhbnRpdHkiOjE',
  'sImFtb3VudE1pbm9yIjoxMDB9XSwiZXhwIjo0MTAyNDQ0ODAwLCJub25jZSI6InlON25qNHg3Um15SUd',
  'FZXN6QmxwbUwiLCJkaXNjb3VudCI6MX0.J73Ng8rP4eXdmw91JRzx5wOo73vxRFYwlTBvJkxzbgkyfgV',
  'P9DSpkOeBNHwJIrlxHUdiLdarov6r2oSaswbWBw',
].join('');
await tapped('Pay');
await kiosk.payments.request({orderToken}, {idempotencyKey: 'one'});
