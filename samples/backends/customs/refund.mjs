// Gives a customs fee back: the post office found that nothing was due. What a merchant's clerk or
// its accounting would run.
//
//   node samples/backends/customs/refund.mjs API ORDER [AMOUNT]     AMOUNT in kopecks; else all
//
// API is the address of `kiosk serve-api`, ORDER e.g. customs-RA123456785RU. Asking twice for the
// same amount gives it back once: the idempotency key is made of both.

import {call, keyOfSeed} from '../partner.mjs';

const [base, orderId, amount] = process.argv.slice(2);
if (base === undefined || !/^[A-Za-z0-9._-]{1,64}$/.test(orderId ?? '')) {
  console.error('usage: refund.mjs API ORDER [AMOUNT]');
  process.exit(2);
}
const post = {
  base,
  merchantId: 'post',
  kid: 'demo-1',
  key: keyOfSeed(Buffer.from('kiosk-demo-merchant-post-seed-01')),
};
const body = {reason: 'No customs duty was due'};
if (amount !== undefined) body.amountMinor = Number(amount);
const answer = await call(post, 'POST', `/v1/orders/${orderId}/refunds`, {
  body,
  idempotencyKey: `refund-${orderId}-${amount ?? 'all'}`,
});
const told = await answer.json();
if (!answer.ok) {
  console.error(`${told.code}: ${told.detail}`);
  process.exit(1);
}
const order = await (await call(post, 'GET', `/v1/orders/${orderId}`)).json();
console.log(`refund ${told.refundId} ${told.state}: ${told.amountMinor} ${told.currency}`);
console.log(`given back of ${orderId}: ${order.refundedMinor} of ${order.amountMinor}`);
