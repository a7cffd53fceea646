/*---
id: PAY-131
title: somebody else's subscription is not found and not cancelled
level: 5
refs: ["SBX-ID-007"]
grants: all
control: naive
expect: { outcome: ok, host: { calls: ["payments.cancelSubscription not_found",
    "payments.cancelSubscription not_found", "payments.subscriptions ok"] } }
---*/
for (const subscriptionId of ['1', 'kiosk-sub-1']) {
  await fails('not_found', () => kiosk.payments.cancelSubscription({subscriptionId}));
}
equal((await kiosk.payments.subscriptions({})).subscriptions.length, 0, 'subscriptions');
