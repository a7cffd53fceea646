/*---
id: PAY-164
title: a refund's token that has expired pays nothing back
level: 5
guards: [refund.expiry]
grants: all
steps: [ { tap: "Pay" } ]
expect: { error: order_expired, host: { calls: ["payments.request ok",
    "payments.refund order_expired"] } }
---*/
import {orderToken} from './orders.js';
const refundToken = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLXJlZnVuZCtqd3QifQ.eyJhb',
  'W91bnRNaW5vciI6MTAwLCJleHAiOjE2MDAwMDAwMDAsIm1lcmNoYW50SWQiOiJwb3N0Iiwibm9uY2UiO',
  'iJyNC0wMDAwMDAwMDAwMDAwMDAwIiwib3JkZXJJZCI6ImNvbmZvcm1hbmNlLTEiLCJyZWFzb24iOiJBI',
  'GNhc2UifQ.G5CP-lf1TUVAdQVmocFgmmC1ppjx0SMBBn80lLHngNU0Z9UNxGHwvepr6zSrKL-j8nV8Ke',
  '4tTaEiazWfWfk8BQ',
].join('');
await tapped('Pay');
await kiosk.payments.request({orderToken}, {idempotencyKey: 'one'});
await kiosk.payments.refund({refundToken}, {idempotencyKey: 'two'});
