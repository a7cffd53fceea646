/*---
id: PAY-113
title: a key's id that is a path or a piece of SQL finds no key
level: 5
refs: ["SBX-ID-004", "CWE-89", "CWE-22"]
grants: ask
steps: [ { tap: "1" }, { tap: "2" } ]
control: naive
expect: { outcome: ok, host: { consentsAsked: 0, paymentsAsked: 0 } }
---*/
const path = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6Ii4uL2RlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJ',
  'tZXJjaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1raWRwYXRoIiwiYW1vdW50TWl',
  'ub3IiOjEwMCwiY3VycmVuY3kiOiJSVUIiLCJpdGVtcyI6W3sidGl0bGUiOiJBIGNhc2UiLCJxdWFudGl',
  '0eSI6MSwiYW1vdW50TWlub3IiOjEwMH1dLCJleHAiOjQxMDI0NDQ4MDAsIm5vbmNlIjoibkJaeHhKNld',
  'HVXRwZG0wM1pTQVltaCJ9.Yz9uwWKbhE3egfu78_BteL3tIPH1lqeaCN_SYCSPRUYco2lN8JbiuxcwZ7',
  'opo-A-KdIJ2iMKF8cpJ6CkJ6GFCg',
].join('');
const sql = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6IngnIE9SICcxJz0nMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9',
  '.eyJtZXJjaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1raWRzcWwiLCJhbW91bnR',
  'NaW5vciI6MTAwLCJjdXJyZW5jeSI6IlJVQiIsIml0ZW1zIjpbeyJ0aXRsZSI6IkEgY2FzZSIsInF1YW5',
  '0aXR5IjoxLCJhbW91bnRNaW5vciI6MTAwfV0sImV4cCI6NDEwMjQ0NDgwMCwibm9uY2UiOiJQem9tWnZ',
  'nQ3Y4UVJpQTZ5OU8xaldoIn0.i8eU0m4XHt1l4clKlqDleSPM01uDGSSVavxoNDzF8yxlgwjwHd0qk2X',
  'rsPnCVdIWkFHqVP5Ap_t9iEH7RICDDg',
].join('');
const tokens = {
  1: path,
  2: sql
};
for (const [label, orderToken] of Object.entries(tokens)) {
  await tapped(label);
  let code;
  await kiosk.payments.request({orderToken}, {idempotencyKey: `k${label}`})
      .catch(error => code = error.code);
  assert(['order_invalid', 'signature_invalid'].includes(code), `the refusal is ${code}`);
}
