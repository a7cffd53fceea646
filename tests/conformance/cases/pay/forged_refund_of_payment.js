/*---
id: PAY-165
title: a refund of what was paid is refused when its merchant did not sign it
level: 5
guards: [refund.signature]
refs: ["SBX-PAY-007"]
grants: all
steps: [ { tap: "Pay" } ]
expect: { error: signature_invalid, host: { calls: ["payments.request ok",
    "payments.refund signature_invalid"] } }
---*/
import {orderToken} from './orders.js';
const refundToken = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLXJlZnVuZCtqd3QifQ.eyJhb',
  'W91bnRNaW5vciI6MTI1MDAwLCJleHAiOjQxMDI0NDQ4MDAsIm1lcmNoYW50SWQiOiJwb3N0Iiwibm9uY',
  '2UiOiJyNS0wMDAwMDAwMDAwMDAwMDAwIiwib3JkZXJJZCI6ImNvbmZvcm1hbmNlLTEiLCJyZWFzb24iO',
  'iJBIGNhc2UifQ.8AweuYYMfAZeHEh_PXQcsKKZ07fThA78tWEx2lmQsbOkfRyzDJjNRQ1cEf9WBaFwm6',
  'GfRnpbt3eVunozHDDvDw',
].join('');
await tapped('Pay');
await kiosk.payments.request({orderToken}, {idempotencyKey: 'one'});
await kiosk.payments.refund({refundToken}, {idempotencyKey: 'two'});
