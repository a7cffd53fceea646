/*---
id: PAY-110
title: a token that brings its own key, or says where to fetch one, is refused
level: 5
refs: ["SBX-ID-004", "CVE-2018-0114", "RFC 7515"]
grants: ask
steps: [ { tap: "1" }, { tap: "2" }, { tap: "3" } ]
control: naive
expect: { outcome: ok, host: { consentsAsked: 0, paymentsAsked: 0 } }
---*/
const jwk = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCIsImp3ayI6',
  'eyJrdHkiOiJPS1AiLCJjcnYiOiJFZDI1NTE5IiwieCI6IkFBQUEifX0.eyJtZXJjaGFudElkIjoicG9z',
  'dCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1qd2siLCJhbW91bnRNaW5vciI6MTAwLCJjdXJyZW5jeSI6',
  'IlJVQiIsIml0ZW1zIjpbeyJ0aXRsZSI6IkEgY2FzZSIsInF1YW50aXR5IjoxLCJhbW91bnRNaW5vciI6',
  'MTAwfV0sImV4cCI6NDEwMjQ0NDgwMCwibm9uY2UiOiJ5ejY2RGNvS2s4WFpyeU5mRUpYMndzIn0.aAtj',
  '6_2-rycPxYPAtUsvlvNy5Qa03riMBkAPYceXAI-3muri2Z5d8OKAi7dsb99qHvULIXgVPtPqtpo7FOa3',
  'AA',
].join('');
const jku = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCIsImprdSI6',
  'Imh0dHBzOi8vZXhhbXBsZS5vcmcva2V5cyJ9.eyJtZXJjaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJ',
  'jb25mb3JtYW5jZS1qa3UiLCJhbW91bnRNaW5vciI6MTAwLCJjdXJyZW5jeSI6IlJVQiIsIml0ZW1zIjp',
  'beyJ0aXRsZSI6IkEgY2FzZSIsInF1YW50aXR5IjoxLCJhbW91bnRNaW5vciI6MTAwfV0sImV4cCI6NDE',
  'wMjQ0NDgwMCwibm9uY2UiOiJtNWtvRy1uS2tQdGVwX2QzT0JpZFFnIn0.TykNH_Ww0digbSE0tQ1o-B5',
  'dzzebMuvxZndXe55KTiAGdvTWdGcxsnsgFAfEjwzu8bC54vIj4_q30vTloWuWAA',
].join('');
const crit = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCIsImNyaXQi',
  'OlsiYjY0Il0sImI2NCI6ZmFsc2V9.eyJtZXJjaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3J',
  'tYW5jZS1jcml0IiwiYW1vdW50TWlub3IiOjEwMCwiY3VycmVuY3kiOiJSVUIiLCJpdGVtcyI6W3sidGl',
  '0bGUiOiJBIGNhc2UiLCJxdWFudGl0eSI6MSwiYW1vdW50TWlub3IiOjEwMH1dLCJleHAiOjQxMDI0NDQ',
  '4MDAsIm5vbmNlIjoiMVpZOUl2Vnl1aVhMb0J3R0hTaGVaciJ9.O2aL2-7T0mt2JHVh_ejR1rRsjfOt3I',
  'jV3nBsP_wJBRfxotKh5Zx7V5RMkDCJFhP1IQDPzm4qqEYqtu1okpySAQ',
].join('');
const tokens = {
  1: jwk,
  2: jku,
  3: crit
};
for (const [label, orderToken] of Object.entries(tokens)) {
  await tapped(label);
  await fails(
      'order_invalid', () => kiosk.payments.request({orderToken}, {idempotencyKey: `k${label}`}));
}
