/*---
id: PAY-105
title: an order that names its amount twice is refused, not read one way or the other
level: 5
guards: [json.keys]
refs: ["SBX-ARGS-006", "RFC 8259 4", "CVE-2017-12635"]
grants: ask
steps: [ { tap: "Pay" } ]
control: naive
expect: { error: order_invalid, host: { consentsAsked: 0, paymentsAsked: 0 } }
---*/
const orderToken = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
  'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS10d2ljZSIsImFtb3VudE1pbm9yIjo',
  'xLCJhbW91bnRNaW5vciI6MTAwLCJjdXJyZW5jeSI6IlJVQiIsIml0ZW1zIjpbeyJ0aXRsZSI6IkEgY2F',
  'zZSIsInF1YW50aXR5IjoxLCJhbW91bnRNaW5vciI6MTAwfV0sImV4cCI6NDEwMjQ0NDgwMCwibm9uY2U',
  'iOiIzSV85dnljMjI5ODVVSUFYckZsT0RRIn0.6T8WDU5aQLZgjbp3Fbi6t3Nok43bCQE5u-OFucOKVs2',
  'JPN0g35Uine81M_5a40MHXXnOywYAjjKUkiR6LxSqDA',
].join('');
await tapped('Pay');
await kiosk.payments.request({orderToken}, {idempotencyKey: 'one'});
