/*---
id: PAY-169
title: an app cannot ask one user for money a fourth time while three requests are open
level: 5
guards: [money.openPair]
grants: ask
steps: [ { tap: "1" }, { consent: grant }, { pick: "Борис Кузнецов · Work" }, { tap: "2" },
    { consent: grant }, { pick: "Борис Кузнецов · Work" }, { tap: "3" }, { consent: grant },
    { pick: "Борис Кузнецов · Work" }, { tap: "4" }, { consent: grant },
    { pick: "Борис Кузнецов · Work" } ]
user: anna
expect: { error: limit_exceeded, host: { callsOk: 3 } }
---*/
for (const label of ['1', '2', '3', '4']) {
  await tapped(label);
  await kiosk.payments.requestMoney({amountMinor: 100, currency: 'RUB', requestId: label});
}
