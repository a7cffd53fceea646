/*---
id: CPU-135
title: a method that is called too often is refused with the time to wait
level: 3
guards: [gate.methodRate]
refs: ["SBX-CPU-023"]
grants: none
expect: ok
---*/
let error;
for (let i = 0; i < 40 && error === undefined; ++i) {
  await kiosk.payments.canPay({}).catch(caught => error = caught);
}
equal(error?.code, 'rate_limited', 'the refusal');
equal(error.retryable, true, 'it is worth a retry');
assert(error.details?.retryAfterMs > 0, 'and says when');
equal((await kiosk.host.info({})).platform, 'linux', 'another method');
