/*---
id: PAY-163
title: a refund's token pays back once, under whatever idempotency key it comes again
level: 5
guards: [refund.once]
refs: ["SBX-PAY-007"]
grants: all
steps: [ { tap: "Pay" } ]
expect: ok
---*/
import {orderToken} from './orders.js';
const refundToken = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6ImRlbW8tMSIsInR5cCI6Imtpb3NrLXJlZnVuZCtqd3QifQ.eyJhb',
  'W91bnRNaW5vciI6NTAwMDAsImV4cCI6NDEwMjQ0NDgwMCwibWVyY2hhbnRJZCI6InBvc3QiLCJub25jZ',
  'SI6InIzLTAwMDAwMDAwMDAwMDAwMDAiLCJvcmRlcklkIjoiY29uZm9ybWFuY2UtMSIsInJlYXNvbiI6I',
  'kEgY2FzZSJ9.YZ29fgTOvdP2-f3Rj3f8IiLl5y4_iJp0MaPahQ-cKWSfDYstBzmrkRWBPNuLAQfxkjYc',
  'QM7z5RmYVKPGl_1BBg',
].join('');
await tapped('Pay');
await kiosk.payments.request({orderToken}, {idempotencyKey: 'one'});
const first = await kiosk.payments.refund({refundToken}, {idempotencyKey: 'two'});
const second = await kiosk.payments.refund({refundToken}, {idempotencyKey: 'three'});
equal(second.refundId, first.refundId, 'the refund');
