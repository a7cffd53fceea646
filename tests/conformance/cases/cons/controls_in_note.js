/*---
id: CONS-106
title: a note with line breaks, escapes or a NUL is refused before any sheet
level: 4
refs: ["SBX-CONS-004", "CVE-2023-28446"]
grants: ask
control: naive
expect: { outcome: ok, host: { consentsAsked: 0, callsOk: 0 } }
---*/
for (const note of ['a\nAmount: 0', '\u001b[2J', 'a\u0000b', 'a\u2028b', 'x'.repeat(141)]) {
  await fails('invalid_params', () => kiosk.payments.requestMoney({
    amountMinor: 100,
    currency: 'RUB',
    note,
  }));
}
