/*---
id: PAY-111
title: a token of the algorithm none or HS256 is refused, whatever its signature
level: 5
refs: ["SBX-ID-004", "CVE-2015-9235", "RFC 8725 3.1"]
grants: ask
steps: [ { tap: "1" }, { tap: "2" } ]
control: naive
expect: { outcome: ok, host: { consentsAsked: 0, paymentsAsked: 0 } }
---*/
const none = [
  'eyJhbGciOiJub25lIiwia2lkIjoiZGVtby0xIiwidHlwIjoia2lvc2stb3JkZXIrand0In0.eyJtZXJj',
  'aGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1ub25lIiwiYW1vdW50TWlub3IiOjEw',
  'MCwiY3VycmVuY3kiOiJSVUIiLCJpdGVtcyI6W3sidGl0bGUiOiJBIGNhc2UiLCJxdWFudGl0eSI6MSwi',
  'YW1vdW50TWlub3IiOjEwMH1dLCJleHAiOjQxMDI0NDQ4MDAsIm5vbmNlIjoiRkF2dHY1d19iVmFwaEcw',
  'cnB3aUhtRyJ9.',
].join('');
const symmetric = [
  'eyJhbGciOiJIUzI1NiIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
  'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1ocyIsImFtb3VudE1pbm9yIjoxMDA',
  'sImN1cnJlbmN5IjoiUlVCIiwiaXRlbXMiOlt7InRpdGxlIjoiQSBjYXNlIiwicXVhbnRpdHkiOjEsImF',
  'tb3VudE1pbm9yIjoxMDB9XSwiZXhwIjo0MTAyNDQ0ODAwLCJub25jZSI6ImVBLUdkRmRHazB4N1N3UWh',
  '6cm5TdmgifQ.y-3HZw9mJDmHnvZaL3CoejLFsBUEiHzJ-bv5cZDHTbTOnquZ_tbqybI3RFlk7ISjVyue',
  'rwuye79cpM_bHU9hCQ',
].join('');
const tokens = {
  1: none,
  2: symmetric
};
for (const [label, orderToken] of Object.entries(tokens)) {
  await tapped(label);
  await fails(
      'order_invalid', () => kiosk.payments.request({orderToken}, {idempotencyKey: `k${label}`}));
}
