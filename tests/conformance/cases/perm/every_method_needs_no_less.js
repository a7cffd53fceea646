/*---
id: PERM-115
title: every method with an effect on the user fails without a touch, whatever was granted
level: 4
guards: [gate.activation]
refs: ["SBX-PERM-007"]
grants: all
control: naive
expect: { outcome: ok, host: { consentsAsked: 0, callsOk: 0 } }
---*/
for (const call
         of [() => kiosk.messages.share({text: 'x'}),
            () => kiosk.support.open({topic: 'x'}),
            () => kiosk.identity.requestPhone({}),
            () => kiosk.consent.request({name: 'identity.basic'}),
            () => kiosk.payments.requestMoney({amountMinor: 1, currency: 'RUB'}),
            () => kiosk.payments.request({orderToken: 'a.b.c'}, {idempotencyKey: 'one'}),
            () => kiosk.payments.subscribe({planToken: 'a.b.c'}, {idempotencyKey: 'one'}),
]) {
  await fails('activation_required', call);
}
