/*---
id: PAY-135
title: an order that is one minor unit over the manifest's cap is refused
level: 5
guards: [order.cap]
refs: ["SBX-PAY-006"]
grants: ask
steps: [ { tap: "Pay" } ]
control: naive
expect: { error: limit_exceeded, host: { consentsAsked: 0, paymentsAsked: 0 } }
---*/
const orderToken = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
  'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1vdmVyY2FwIiwiYW1vdW50TWlub3I',
  'iOjEwMDAwMDEsImN1cnJlbmN5IjoiUlVCIiwiaXRlbXMiOlt7InRpdGxlIjoiQSBjYXNlIiwicXVhbnR',
  'pdHkiOjEsImFtb3VudE1pbm9yIjoxMDAwMDAxfV0sImV4cCI6NDEwMjQ0NDgwMCwibm9uY2UiOiJqTmE',
  '0YnpHbUpfME5DeWl5ZFJ0X3M0In0.RhnL5UkRcc4C8bsHs0048onzhCsY4DkoEv21YCJLvg5WwRqDlYq',
  'qYoCmc5uaguDHR-00m0CRoNRz89Od2PWUCg',
].join('');
await tapped('Pay');
await kiosk.payments.request({orderToken}, {idempotencyKey: 'one'});
