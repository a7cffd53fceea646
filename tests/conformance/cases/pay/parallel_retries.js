/*---
id: PAY-123
title: eight calls at once with one key ask once, pay once and answer the same
level: 5
refs: ["SBX-PAY-001"]
grants: ask
steps: [ { tap: "Pay" }, { consent: grant } ]
control: naive
expect: { outcome: ok, host: { consentsAsked: 1 } }
---*/
const orderToken = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
  'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1nb29kIiwiYW1vdW50TWlub3IiOjE',
  'wMCwiY3VycmVuY3kiOiJSVUIiLCJpdGVtcyI6W3sidGl0bGUiOiJBIGNhc2UiLCJxdWFudGl0eSI6MSw',
  'iYW1vdW50TWlub3IiOjEwMH1dLCJleHAiOjQxMDI0NDQ4MDAsIm5vbmNlIjoiZHc1Z2RpVFdpU1pjcHN',
  'SSWhOQ0FmWiJ9.a1qhpjv5iDg6qlnrScMJ3cD7bjaWx84GyfgY9-BneYVVSE8McJT1UWJbU86aq4kqrV',
  'ZKRKX8s94SPSCqvKWBBg',
].join('');
await tapped('Pay');
const outcomes = await Promise.all(Array.from(
    {length: 8},
    () => kiosk.payments.request({orderToken}, {idempotencyKey: 'one'})
              .then(({paymentId}) => paymentId, error => error.code)));
const ids = new Set(outcomes.filter(id => !['busy', 'rate_limited'].includes(id)));
equal(ids.size, 1, `different answers: ${outcomes}`);
