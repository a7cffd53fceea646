/*---
id: ARGS-129
title: whole numbers up to 2^53 arrive as they are, and larger ones as the same double
level: 2
refs: ["SBX-ARGS-007", "RFC 8259 6"]
grants: none
expect: ok
---*/
for (const value
         of [2 ** 53 - 1, -(2 ** 53 - 1), 2 ** 53, 2 ** 53 + 2, 2 ** 62, -(2 ** 62), 1e21, 1e300]) {
  await kiosk.storage.local.set({key: 'k', value});
  equal((await kiosk.storage.local.get({key: 'k'})).value, value, 'the value');
}
