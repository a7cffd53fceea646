/*---
id: ARGS-147
title: an idempotency key has few characters, so that none can break a line or a path
level: 2
refs: ["CWE-93"]
grants: none
expect: { outcome: ok, host: { callsOk: 0 } }
---*/
for (const idempotencyKey
         of ['a\r\nb', '../x', 'a b', '\u0416', '-a', '.', 'x'.repeat(129), 'a;b']) {
  await fails('invalid_params', () => kiosk.host.info({}, {idempotencyKey}));
}
