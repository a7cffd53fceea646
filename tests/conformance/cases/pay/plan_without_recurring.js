/*---
id: PAY-166
title: a plan that its merchant signed begins nothing in an app that declares no subscriptions
level: 5
guards: [plan.recurring]
refs: ["SBX-PAY-013"]
grants: ask
steps: [ { tap: "Subscribe" } ]
expect: { error: not_declared, host: { consentsAsked: 0, callsOk: 0 } }
---*/
const planToken = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLXBsYW4rand0In0.eyJhbW91',
  'bnRNaW5vciI6MTAwLCJjdXJyZW5jeSI6IlJVQiIsImV4cCI6NDEwMjQ0NDgwMCwibWVyY2hhbnRJZCI6',
  'InBvc3QiLCJub25jZSI6InAxLTAwMDAwMDAwMDAwMDAwMDAiLCJwZXJpb2QiOnsiY291bnQiOjEsInVu',
  'aXQiOiJtb250aHMifSwicGxhbklkIjoicGxhbi0xIiwidGl0bGUiOiJBIHBsYW4ifQ.IfkrnCa_n8ism',
  'smESCgHxgoJ1qO7MrU5a4KBBb_PN3jNwA7UP7azy70V3pN2hQQ1R6TTr7umUEpTk5OWScH2Bw',
].join('');
await tapped('Subscribe');
await kiosk.payments.subscribe({planToken}, {idempotencyKey: 'one'});
