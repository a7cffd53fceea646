/*---
id: PAY-116
title: an order without items, or with too short a nonce, is refused
level: 5
grants: ask
steps: [ { tap: "1" }, { tap: "2" } ]
control: naive
expect: { outcome: ok, host: { consentsAsked: 0, paymentsAsked: 0 } }
---*/
const empty = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
  'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1ub2l0ZW1zIiwiYW1vdW50TWlub3I',
  'iOjEwMCwiY3VycmVuY3kiOiJSVUIiLCJpdGVtcyI6W10sImV4cCI6NDEwMjQ0NDgwMCwibm9uY2UiOiI',
  'tb3o1WC1nN2tVeGpkb3E3RUhXS2dRIn0.XOh0dpKsaTO98ALy1LK-Ra4MqvSU6c3Y2AcL0VUC_qfuzRL',
  'scTgYM8YCOofNriEb9B1lY_Jpw5tKgOJM_fiRDA',
].join('');
const nonce = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
  'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1ub25jZSIsImFtb3VudE1pbm9yIjo',
  'xMDAsImN1cnJlbmN5IjoiUlVCIiwiaXRlbXMiOlt7InRpdGxlIjoiQSBjYXNlIiwicXVhbnRpdHkiOjE',
  'sImFtb3VudE1pbm9yIjoxMDB9XSwiZXhwIjo0MTAyNDQ0ODAwLCJub25jZSI6InNob3J0In0.Lm4A7SO',
  'skXx-lRQvH_eEznd7-XVILo6ZXzssqAPdcweejgU6LzaxhFVIMympPrLC8xxXFzSOXfgxYz-cpEsQAg',
].join('');
const tokens = {
  1: empty,
  2: nonce
};
for (const [label, orderToken] of Object.entries(tokens)) {
  await tapped(label);
  await fails(
      'order_invalid', () => kiosk.payments.request({orderToken}, {idempotencyKey: `k${label}`}));
}
