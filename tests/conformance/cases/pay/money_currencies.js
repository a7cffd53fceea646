/*---
id: PAY-133
title: a request of money in a currency that the host does not deal in asks nobody
level: 5
guards: [money.currency]
grants: ask
steps: [ { tap: "Ask" } ]
control: naive
expect: { outcome: ok, host: { consentsAsked: 0, callsOk: 0 } }
---*/
for (const currency of ['RU', 'RUBL', 'R\u0423B', 643]) {
  await fails('invalid_params', () => kiosk.payments.requestMoney({amountMinor: 100, currency}));
}
await tapped('Ask');
let code;
await kiosk.payments.requestMoney({amountMinor: 100, currency: 'ZZZ'}).catch(e => code = e.code);
assert(['invalid_params', 'unsupported', 'order_invalid'].includes(code), `it is ${code}`);
