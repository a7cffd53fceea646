/*---
id: PAY-115
title: an item whose title breaks the line or turns it round never reaches the sheet
level: 5
refs: ["SBX-CONS-004", "CVE-2021-42574"]
grants: ask
steps: [ { tap: "1" }, { tap: "2" } ]
control: naive
expect: { outcome: ok, host: { consentsAsked: 0, paymentsAsked: 0 } }
---*/
const newline = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
  'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1uZXdsaW5lIiwiYW1vdW50TWlub3I',
  'iOjEwMCwiY3VycmVuY3kiOiJSVUIiLCJpdGVtcyI6W3sidGl0bGUiOiJBIGNhc2VcblRvdGFsOiAwIiw',
  'icXVhbnRpdHkiOjEsImFtb3VudE1pbm9yIjoxMDB9XSwiZXhwIjo0MTAyNDQ0ODAwLCJub25jZSI6IjZ',
  'vaWRnODdZTkJfdk53SE9xVGUwemQifQ.68xwU5Mr_vG1VdEfVvk5jjM-jta9P1KE5gnylsP883A2PtVE',
  'RirimA-31uPQgMf7V7DjxjMR_sjZeAMVnexeDg',
].join('');
const bidi = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
  'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1iaWRpIiwiYW1vdW50TWlub3IiOjE',
  'wMCwiY3VycmVuY3kiOiJSVUIiLCJpdGVtcyI6W3sidGl0bGUiOiJBIOKArmNhc2UiLCJxdWFudGl0eSI',
  '6MSwiYW1vdW50TWlub3IiOjEwMH1dLCJleHAiOjQxMDI0NDQ4MDAsIm5vbmNlIjoiU2d1UjdjZ014cFV',
  'uZE5TMlFDMTJpYiJ9.YpeNkWFhqzg33Joq5sL46Bp-7D6ul3jIXVij_GPQAtEJZl-iOqUAFZ0h7Pucc0',
  'N7bMBic1J6tG-sNrW9vofJBQ',
].join('');
const tokens = {
  1: newline,
  2: bidi
};
for (const [label, orderToken] of Object.entries(tokens)) {
  await tapped(label);
  await fails(
      'order_invalid', () => kiosk.payments.request({orderToken}, {idempotencyKey: `k${label}`}));
}
