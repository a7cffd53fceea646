/*---
id: PAY-132
title: a request of money has a whole amount within bounds, or nobody is asked
level: 5
guards: [gate.schema]
refs: ["SBX-PAY-006"]
grants: ask
control: naive
expect: { outcome: ok, host: { consentsAsked: 0, callsOk: 0 } }
---*/
for (const amountMinor of [0, -1, 1.5, 1e12 + 1, '100']) {
  await fails('invalid_params', () => kiosk.payments.requestMoney({amountMinor, currency: 'RUB'}));
}
