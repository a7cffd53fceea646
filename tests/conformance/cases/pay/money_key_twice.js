/*---
id: PAY-168
title: one id of the app's stands for one request of money, not for a second of another amount
level: 5
guards: [money.key]
grants: ask
steps: [ { tap: "Ask" }, { consent: grant }, { pick: "Борис Кузнецов · Work" }, { tap: "More" } ]
user: anna
expect: { error: invalid_params, host: { consentsAsked: 1 } }
---*/
const ask = amountMinor =>
    kiosk.payments.requestMoney({amountMinor, currency: 'RUB', requestId: 'one'});
await tapped('Ask');
await ask(100);
await tapped('More');
await ask(100000);
