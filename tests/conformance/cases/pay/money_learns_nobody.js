/*---
id: PAY-134
title: an app that asks for money does not learn of whom, neither from the answer nor later
level: 5
refs: ["SBX-ID-007"]
grants: ask
steps: [ { tap: "Ask" }, { consent: grant }, { pick: "Борис Кузнецов · Work" } ]
user: anna
control: naive
expect: { outcome: ok, host: { consentsAsked: 1, callsOk: 2 } }
---*/
await tapped('Ask');
const result =
    await kiosk.payments.requestMoney({amountMinor: 100, currency: 'RUB', requestId: 'r'});
equal(Object.keys(result).sort().join(), 'requestId,status', 'the members of the answer');
equal(result.status, 'sent', 'the status');
equal(Object.keys(await kiosk.payments.moneyRequest({requestId: 'r'})).join(), 'status', 'later');
