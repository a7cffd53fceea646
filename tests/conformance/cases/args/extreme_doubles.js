/*---
id: ARGS-130
title: the smallest, the largest and the most exact doubles come back bit for bit
level: 2
refs: ["SBX-ARGS-007"]
grants: none
expect: ok
---*/
for (const value
         of [Number.MAX_VALUE, Number.MIN_VALUE, 2 ** -1022, Number.EPSILON, 0.1 + 0.2, 5e-324,
             -1.7976931348623157e308, 1 / 3]) {
  await kiosk.storage.local.set({key: 'k', value});
  equal((await kiosk.storage.local.get({key: 'k'})).value, value, 'the value');
}
