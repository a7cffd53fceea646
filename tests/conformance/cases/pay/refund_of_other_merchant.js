/*---
id: PAY-161
title: a refund that another merchant signed is refused, however good its signature
level: 5
guards: [refund.merchant]
refs: ["SBX-PAY-007"]
grants: all
expect: { error: not_declared, host: { callsOk: 0 } }
---*/
const refundToken = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLXJlZnVuZCtqd3QifQ.eyJhb',
  'W91bnRNaW5vciI6MTAwLCJleHAiOjQxMDI0NDQ4MDAsIm1lcmNoYW50SWQiOiJzaG9wIiwibm9uY2UiO',
  'iJyMS0wMDAwMDAwMDAwMDAwMDAwIiwib3JkZXJJZCI6ImNvbmZvcm1hbmNlLTEiLCJyZWFzb24iOiJBI',
  'GNhc2UifQ.OQy8W9yraVyOe6-toVv3-3MOEKM5YK4gAZgr5q4jKMQ2CGTROGMuFnyHglYFPpUd68Txe-',
  'eTS8YY9AZrnjQhBw',
].join('');
await kiosk.payments.refund({refundToken}, {idempotencyKey: 'one'});
