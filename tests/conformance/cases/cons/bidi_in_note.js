/*---
id: CONS-105
title: a note that turns its line round is refused before any sheet
level: 4
refs: ["SBX-CONS-004", "CVE-2021-42574"]
grants: ask
control: naive
expect: { outcome: ok, host: { consentsAsked: 0, callsOk: 0 } }
---*/
for (const note of ['\u202e005 RUB', 'a\u2066b', '\u202a', 'a\u2069b', 'a\u202d']) {
  await fails('invalid_params', () => kiosk.payments.requestMoney({
    amountMinor: 100,
    currency: 'RUB',
    note,
  }));
}
