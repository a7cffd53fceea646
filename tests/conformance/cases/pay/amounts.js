/*---
id: PAY-103
title: negative, zero and huge amounts are no order, whoever signed them
level: 5
refs: ["SBX-PAY-006"]
grants: ask
steps: [ { tap: "1" }, { tap: "2" }, { tap: "3" } ]
control: naive
expect: { outcome: ok, host: { consentsAsked: 0, paymentsAsked: 0 } }
---*/
const negative = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
  'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1uZWdhdGl2ZSIsImFtb3VudE1pbm9',
  'yIjotMTAwLCJjdXJyZW5jeSI6IlJVQiIsIml0ZW1zIjpbeyJ0aXRsZSI6IkEgY2FzZSIsInF1YW50aXR',
  '5IjoxLCJhbW91bnRNaW5vciI6LTEwMH1dLCJleHAiOjQxMDI0NDQ4MDAsIm5vbmNlIjoiQ2ZCSlVhOU0',
  'xUU9IZUJYOU1QbU9PdiJ9.-NIIdB-dtLyG03erIdGSOgVpfpInr740xQT5DZ4HMLahD1QH2DreF7ELmx',
  'z0qKY5fYepeLxPaLFBRQaiGIQfBg',
].join('');
const zero = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
  'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS16ZXJvIiwiYW1vdW50TWlub3IiOjA',
  'sImN1cnJlbmN5IjoiUlVCIiwiaXRlbXMiOlt7InRpdGxlIjoiQSBjYXNlIiwicXVhbnRpdHkiOjEsImF',
  'tb3VudE1pbm9yIjowfV0sImV4cCI6NDEwMjQ0NDgwMCwibm9uY2UiOiItUmxPY19ucFJaNDBVT29Rb1h',
  'uTjkzIn0.GBtkatn1Oxp7fkYRPwE8ZEDntiGUn9dvU8GEjTJY_AO1r4k0Y9PJ3pPupDod34WeswOzKL1',
  'xl9vRtbUG9PamAw',
].join('');
const huge = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLW9yZGVyK2p3dCJ9.eyJtZXJ',
  'jaGFudElkIjoicG9zdCIsIm9yZGVySWQiOiJjb25mb3JtYW5jZS1odWdlIiwiYW1vdW50TWlub3IiOjE',
  'wMDAwMDAwMDAwMDAwMDAsImN1cnJlbmN5IjoiUlVCIiwiaXRlbXMiOlt7InRpdGxlIjoiQSBjYXNlIiw',
  'icXVhbnRpdHkiOjEsImFtb3VudE1pbm9yIjoxMDAwMDAwMDAwMDAwMDAwfV0sImV4cCI6NDEwMjQ0NDg',
  'wMCwibm9uY2UiOiJYbGdPN2hvNWhSNzJOaGNxV3lrNTFLIn0.Ylf3VbCekFO0qIimUrSGBSRavMfAupb',
  'B8ReUhjY_h7IOdqTsZH0JKOin1xA5B9hjdSQ9loZw5EktQWowSLAyDQ',
].join('');
const tokens = {
  1: negative,
  2: zero,
  3: huge
};
for (const [label, orderToken] of Object.entries(tokens)) {
  await tapped(label);
  await fails(
      'order_invalid', () => kiosk.payments.request({orderToken}, {idempotencyKey: `k${label}`}));
}
