/*---
id: PAY-162
title: a refund of more than was paid is refused, though its merchant signed it
level: 5
guards: [refund.left]
refs: ["SBX-PAY-007"]
grants: all
steps: [ { tap: "Pay" } ]
expect: { error: amount_mismatch, host: { calls: ["payments.request ok",
    "payments.refund amount_mismatch"] } }
---*/
import {orderToken} from './orders.js';
const refundToken = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLXJlZnVuZCtqd3QifQ.eyJhb',
  'W91bnRNaW5vciI6MTI1MDAxLCJleHAiOjQxMDI0NDQ4MDAsIm1lcmNoYW50SWQiOiJwb3N0Iiwibm9uY',
  '2UiOiJyMi0wMDAwMDAwMDAwMDAwMDAwIiwib3JkZXJJZCI6ImNvbmZvcm1hbmNlLTEiLCJyZWFzb24iO',
  'iJBIGNhc2UifQ.8REnznN-lpWZ2pCFxkkfXsDHZdSRHXtEC_2ExTZyUdA4Ld8P924Y0gu0XlTbV2BWAM',
  'HjhTDPOOgF_c91HwqBAg',
].join('');
await tapped('Pay');
await kiosk.payments.request({orderToken}, {idempotencyKey: 'one'});
await kiosk.payments.refund({refundToken}, {idempotencyKey: 'two'});
