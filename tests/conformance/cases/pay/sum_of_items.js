/*---
id: PAY-102
title: an order whose amount is not the sum of its items is refused before the user is asked
level: 5
guards: [order.sum]
refs: ["SBX-PAY-008"]
grants: ask
steps: [ { tap: "Pay" } ]
control: naive
expect: { error: amount_mismatch, host: { consentsAsked: 0, paymentsAsked: 0 } }
---*/
const orderToken = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
  'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1zdW0iLCJhbW91bnRNaW5vciI6MTA',
  'xLCJjdXJyZW5jeSI6IlJVQiIsIml0ZW1zIjpbeyJ0aXRsZSI6IkEgY2FzZSIsInF1YW50aXR5IjoxLCJ',
  'hbW91bnRNaW5vciI6MTAwfV0sImV4cCI6NDEwMjQ0NDgwMCwibm9uY2UiOiJDZlhfN3lnd21GTW1YRXF',
  'ZME9WdUctIn0.g8foq83NbzFLvNMIiKOMXSz9mXYaIl7KSvw3gfOoC665tGHTY1bhUq8cfRi4AOgjyxi',
  'oVrp7iSmyaSJh4cGADQ',
].join('');
await tapped('Pay');
await kiosk.payments.request({orderToken}, {idempotencyKey: 'one'});
