/*---
id: PAY-107
title: an order in a currency that the manifest does not declare is refused
level: 5
guards: [order.currency]
refs: ["SBX-PAY-006"]
grants: ask
steps: [ { tap: "Pay" } ]
control: naive
expect: { outcome: ok, host: { consentsAsked: 0, paymentsAsked: 0 } }
---*/
const orderToken = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
  'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS11c2QiLCJhbW91bnRNaW5vciI6MTA',
  'wLCJjdXJyZW5jeSI6IlVTRCIsIml0ZW1zIjpbeyJ0aXRsZSI6IkEgY2FzZSIsInF1YW50aXR5IjoxLCJ',
  'hbW91bnRNaW5vciI6MTAwfV0sImV4cCI6NDEwMjQ0NDgwMCwibm9uY2UiOiIxZy05aHhqczYzOTNVY2F',
  'MYVY0ejc1In0.-lYaPNaJKQMk9VBPy2F3Eg0Nit2yYtB8k259PzvlJAj1JAO58iyr56l01LI2uFZUwWG',
  'K2_CxlDVbuUP2csNHCA',
].join('');
await tapped('Pay');
let code;
await kiosk.payments.request({orderToken}, {idempotencyKey: 'one'}).catch(e => code = e.code);
assert(['not_declared', 'order_invalid'].includes(code), `the refusal is ${code}`);
