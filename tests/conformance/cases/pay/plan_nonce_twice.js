/*---
id: PAY-167
title: two plans under one nonce begin one subscription
level: 5
guards: [plan.once]
refs: ["SBX-PAY-013"]
grants: all
manifest: { payments: { merchant_id: post, methods: [wallet], currencies: [RUB], recurring:
    true } }
steps: [ { tap: "Subscribe" }, { tap: "Again" } ]
expect: { error: duplicate_order, host: { calls: ["payments.subscribe ok",
    "payments.subscribe duplicate_order"] } }
---*/
const planToken = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLXBsYW4rand0In0.eyJhbW91',
  'bnRNaW5vciI6MTAwLCJjdXJyZW5jeSI6IlJVQiIsImV4cCI6NDEwMjQ0NDgwMCwibWVyY2hhbnRJZCI6',
  'InBvc3QiLCJub25jZSI6InAyLTAwMDAwMDAwMDAwMDAwMDAiLCJwZXJpb2QiOnsiY291bnQiOjEsInVu',
  'aXQiOiJtb250aHMifSwicGxhbklkIjoicGxhbi0yIiwidGl0bGUiOiJBIHBsYW4ifQ.lgrwezgK4kneZ',
  'vdWEbZfMbWHfQ9awsOdIbaYJfuk7pTSbjNRf2ya7DDIofAmBo1TI1e9s8ObpSh2U4EX0v7FBA',
].join('');
const sameNonce = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLXBsYW4rand0In0.eyJhbW91',
  'bnRNaW5vciI6MTAwLCJjdXJyZW5jeSI6IlJVQiIsImV4cCI6NDEwMjQ0NDgwMCwibWVyY2hhbnRJZCI6',
  'InBvc3QiLCJub25jZSI6InAyLTAwMDAwMDAwMDAwMDAwMDAiLCJwZXJpb2QiOnsiY291bnQiOjEsInVu',
  'aXQiOiJtb250aHMifSwicGxhbklkIjoicGxhbi0zIiwidGl0bGUiOiJBIHBsYW4ifQ.d2kJYrmLwUvOw',
  'BSNyJcKBWEss0gEacXByk86B3v1DjM5eVqh_tmN816jIsDwXzzZTILcQLEdXuZUqUs2hjpLCQ',
].join('');
await tapped('Subscribe');
await kiosk.payments.subscribe({planToken}, {idempotencyKey: 'one'});
await tapped('Again');
await kiosk.payments.subscribe({planToken: sameNonce}, {idempotencyKey: 'two'});
