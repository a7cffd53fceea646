/*---
id: PAY-106
title: a currency in lower case or with a look-alike letter is none
level: 5
refs: ["SBX-PAY-006"]
grants: ask
steps: [ { tap: "1" }, { tap: "2" } ]
control: naive
expect: { outcome: ok, host: { consentsAsked: 0, paymentsAsked: 0 } }
---*/
const lower = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
  'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1sb3dlciIsImFtb3VudE1pbm9yIjo',
  'xMDAsImN1cnJlbmN5IjoicnViIiwiaXRlbXMiOlt7InRpdGxlIjoiQSBjYXNlIiwicXVhbnRpdHkiOjE',
  'sImFtb3VudE1pbm9yIjoxMDB9XSwiZXhwIjo0MTAyNDQ0ODAwLCJub25jZSI6ImpHLXg2ZU42R3VvZE1',
  'JeDRVWkxob1gifQ.jtdbImEdy_wovnbpCbZgisf4X6zZ3iL7kCl4d7vs5pk30nAW-x9Y3DWFWeD0DaBE',
  'pVTTtBaJizCQWExKRzG8Bw',
].join('');
const cyrillic = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
  'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1jeXIiLCJhbW91bnRNaW5vciI6MTA',
  'wLCJjdXJyZW5jeSI6IlJV0JIiLCJpdGVtcyI6W3sidGl0bGUiOiJBIGNhc2UiLCJxdWFudGl0eSI6MSw',
  'iYW1vdW50TWlub3IiOjEwMH1dLCJleHAiOjQxMDI0NDQ4MDAsIm5vbmNlIjoiUEpHSmFzc25mLWs3b2N',
  'vbC1weDZmWCJ9.3Kb2Hr743gPwM0tDSoiz0NmLubADryW1YwG0vAHFE1T9wrAVu04DAECrrxnJC9e7Wb',
  'ukw3DQ9Zr2dUZC1LlVCw',
].join('');
const tokens = {
  1: lower,
  2: cyrillic
};
for (const [label, orderToken] of Object.entries(tokens)) {
  await tapped(label);
  await fails(
      'order_invalid', () => kiosk.payments.request({orderToken}, {idempotencyKey: `k${label}`}));
}
