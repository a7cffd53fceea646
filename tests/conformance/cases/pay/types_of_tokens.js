/*---
id: PAY-112
title: a token of another type, signed by the right key, is no order
level: 5
refs: ["RFC 8725 3.11"]
grants: ask
steps: [ { tap: "1" }, { tap: "2" } ]
control: naive
expect: { outcome: ok, host: { consentsAsked: 0, paymentsAsked: 0 } }
---*/
const refund = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLXJlZnVuZCtqd3QifQ.eyJtZ',
  'XJjaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS10eXAiLCJhbW91bnRNaW5vciI6M',
  'TAwLCJjdXJyZW5jeSI6IlJVQiIsIml0ZW1zIjpbeyJ0aXRsZSI6IkEgY2FzZSIsInF1YW50aXR5IjoxL',
  'CJhbW91bnRNaW5vciI6MTAwfV0sImV4cCI6NDEwMjQ0NDgwMCwibm9uY2UiOiJXbFU0eDhWZnRST2pRe',
  'ThrUlcwVzRuIn0.1UpiY4pxtAtgDfbf5Tji3fOyi4R2GAYcBMjA5i2jlUQZP2qtayadgeOC3DYMYjhT8',
  'ZNboznRTOJIcmnBMo7HBQ',
].join('');
const plain = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6IkpXVCJ9.eyJtZXJjaGFudElkIjoicG9',
  'zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1wbGFpbiIsImFtb3VudE1pbm9yIjoxMDAsImN1cnJlbmN',
  '5IjoiUlVCIiwiaXRlbXMiOlt7InRpdGxlIjoiQSBjYXNlIiwicXVhbnRpdHkiOjEsImFtb3VudE1pbm9',
  'yIjoxMDB9XSwiZXhwIjo0MTAyNDQ0ODAwLCJub25jZSI6Im9SYko3VWJXSUhjMHBETVgwd19ZajEifQ.',
  'IKKJ4l3A9jZVWBH847z34QlT3N9L9EWlr6pW_3_YC5EKDNWPIE7lYBdE6BiPejKtjUw9j8jJ7IReDhwv',
  '6zFABQ',
].join('');
const tokens = {
  1: refund,
  2: plain
};
for (const [label, orderToken] of Object.entries(tokens)) {
  await tapped(label);
  await fails(
      'order_invalid', () => kiosk.payments.request({orderToken}, {idempotencyKey: `k${label}`}));
}
