/*---
id: PAY-109
title: an order that names its payee otherwise than it is registered is refused
level: 5
guards: [order.payee]
refs: ["SBX-PAY-009"]
grants: ask
steps: [ { tap: "Pay" } ]
control: naive
expect: { outcome: ok, host: { consentsAsked: 0, paymentsAsked: 0 } }
---*/
const orderToken = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
  'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1wYXllZSIsImFtb3VudE1pbm9yIjo',
  'xMDAsImN1cnJlbmN5IjoiUlVCIiwiaXRlbXMiOlt7InRpdGxlIjoiQSBjYXNlIiwicXVhbnRpdHkiOjE',
  'sImFtb3VudE1pbm9yIjoxMDB9XSwiZXhwIjo0MTAyNDQ0ODAwLCJub25jZSI6ImdSOXBIMVdDelNSWTN',
  '2Vm5WMW93NWsiLCJwYXllZSI6IlBvc3QgT2ZmaWNlIChjdXN0b21zKSBMdGQifQ.a1Vh4iYOrtJTKNg1',
  's3l85IiPCJHBwzsGrEz_ZfbGnSLmotrvgSLvwrlAjos_0haMDR90Vxq0S4Q7HZJ462kzAQ',
].join('');
await tapped('Pay');
let code;
await kiosk.payments.request({orderToken}, {idempotencyKey: 'one'}).catch(e => code = e.code);
assert(['order_invalid', 'merchant_unknown'].includes(code), `the refusal is ${code}`);
