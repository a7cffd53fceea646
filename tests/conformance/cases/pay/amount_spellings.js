/*---
id: PAY-104
title: "an amount is a whole number in one spelling: no text, exponent or fraction"
level: 5
refs: ["SBX-PAY-006", "SBX-ARGS-007"]
grants: ask
steps: [ { tap: "1" }, { tap: "2" }, { tap: "3" } ]
control: naive
expect: { outcome: ok, host: { consentsAsked: 0, paymentsAsked: 0 } }
---*/
const text = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
  'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS10ZXh0IiwiYW1vdW50TWlub3IiOiI',
  'xMDAiLCJjdXJyZW5jeSI6IlJVQiIsIml0ZW1zIjpbeyJ0aXRsZSI6IkEgY2FzZSIsInF1YW50aXR5Ijo',
  'xLCJhbW91bnRNaW5vciI6MTAwfV0sImV4cCI6NDEwMjQ0NDgwMCwibm9uY2UiOiJtQzJlUHJtVzlWbm1',
  'NX1RSbE43emRoIn0.6BmRB4cJ5T7P9otWkVHtHazy7dKUBB-3doEk2vAkew6i38Nbc0iEv6DieIFJd5S',
  'CaElkz5OwA-MLUKV68DMqBA',
].join('');
const exponent = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
  'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1leHBvbmVudCIsImFtb3VudE1pbm9',
  'yIjoxZTIsImN1cnJlbmN5IjoiUlVCIiwiaXRlbXMiOlt7InRpdGxlIjoiQSBjYXNlIiwicXVhbnRpdHk',
  'iOjEsImFtb3VudE1pbm9yIjoxZTJ9XSwiZXhwIjo0MTAyNDQ0ODAwLCJub25jZSI6Ikp4aVdOSlNlQlp',
  'IZExlemZSZ2RvRDIifQ.1lMqU6gGt5UOzcNzxjw9TQtVsADbsaPJz_6zQEUTeCsImRnlX8lcROI-lQPI',
  '9Bf37MfXd7Fdvr4-UDt6mXhtCA',
].join('');
const fraction = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
  'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1mcmFjdGlvbiIsImFtb3VudE1pbm9',
  'yIjoxMDAuMCwiY3VycmVuY3kiOiJSVUIiLCJpdGVtcyI6W3sidGl0bGUiOiJBIGNhc2UiLCJxdWFudGl',
  '0eSI6MSwiYW1vdW50TWlub3IiOjEwMC4wfV0sImV4cCI6NDEwMjQ0NDgwMCwibm9uY2UiOiJMQThQUll',
  'HcWdUdi1McUlTaEZHcmhzIn0.RsQp_9UqDZAka7yVaU4tMRneFmC6IGNz-Iup81zdd_g_rArVnRsYyrj',
  '6818BGeSbkN9-doWV4BIiBafVXBf9DQ',
].join('');
const tokens = {
  1: text,
  2: exponent,
  3: fraction
};
for (const [label, orderToken] of Object.entries(tokens)) {
  await tapped(label);
  await fails(
      'order_invalid', () => kiosk.payments.request({orderToken}, {idempotencyKey: `k${label}`}));
}
