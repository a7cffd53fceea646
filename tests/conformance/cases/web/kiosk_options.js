/*---
id: WEB-KIOSK-002
title: wrong options of a call are refused as invalid_params
level: 2
grants: none
expect: ok
---*/
for (const options of [
  5,
  { timeoutMs: 0 },
  { timeoutMs: 1.5 },
  { timeoutMs: 1e9 },
  { timeoutMs: '5' },
  { idempotencyKey: '' },
  { idempotencyKey: 5 },
  { idempotencyKey: 'x'.repeat(256) },
]) {
  await fails('invalid_params', () => kiosk.call('no.such', {}, options));
}
for (const params of [[], 5, 'x', null, () => {}]) {
  await fails('invalid_params', () => kiosk.call('no.such', params));
}
for (const method of ['', 'x', 'a..b', '.a', 'a.b c', '__proto__', 'a.b.c.d.e.f']) {
  await fails('unsupported', () => kiosk.call(method, {}));
}
