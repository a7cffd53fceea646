/*---
id: ARGS-111
title: dates, regular expressions and errors are refused and not turned into text
level: 2
refs: ["SBX-ARGS-003"]
grants: none
expect: { outcome: ok, host: { calls: [] } }
---*/
for (const value of [new Date(0), /x/, new Error('x'), new DOMException('x'), new URL('a:b')]) {
  await fails('invalid_params', () => kiosk.storage.local.set({key: 'k', value}));
}
