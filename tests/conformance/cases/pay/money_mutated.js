/*---
id: PAY-136
title: a request of money that is changed while its sheet is open is sent as it was shown
level: 5
refs: ["SBX-CONS-005", "PSD2 RTS art. 5"]
grants: ask
steps: [ { tap: "Ask" }, { consent: grant }, { pick: "Борис Кузнецов · Work" } ]
user: anna
expect: { outcome: ok, host: { consentsAsked: 1, callsOk: 2 } }
---*/
const params = {
  amountMinor: 100,
  currency: 'RUB',
  requestId: 'shown'
};
await tapped('Ask');
const call = kiosk.payments.requestMoney(params);
Object.assign(params, {amountMinor: 100000, requestId: 'changed'});
equal((await call).requestId, 'shown', 'the request that was sent');
await fails('not_found', () => kiosk.payments.moneyRequest({requestId: 'changed'}));
await kiosk.payments.moneyRequest({requestId: 'shown'});
