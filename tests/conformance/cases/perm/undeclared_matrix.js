/*---
id: PERM-101
title: no method that needs a permission is carried out for an app that declares none
level: 4
guards: [gate.declared]
refs: ["SBX-PERM-001"]
declares: []
grants: all
control: naive
expect: { outcome: ok, host: { consentsAsked: 0, callsOk: 0 } }
---*/
const key = {
  idempotencyKey: 'one'
};
const {identity, payments} = kiosk;
for (const call
         of [() => identity.userinfo({}),
            () => identity.requestPhone({}),
            () => identity.login(
                {codeChallenge: 'x'.repeat(43), nonce: 'n'.repeat(16), scopes: ['openid']}),
            () => payments.request({orderToken: 'a.b.c'}, key),
            () => payments.refund({refundToken: 'a.b.c'}, key),
            () => payments.status({paymentId: 'x'}),
            () => payments.subscribe({planToken: 'a.b.c'}, key),
            () => payments.cancelSubscription({subscriptionId: 'x'}),
            () => payments.subscriptions({}),
            () => payments.requestMoney({amountMinor: 1, currency: 'RUB'}),
            () => payments.moneyRequest({requestId: 'x'}),
]) {
  await fails('not_declared', call);
}
