/*---
id: ARGS-150
title: the time that an app gives a call is a whole number within bounds, or refused
level: 2
grants: none
expect: { outcome: ok, host: { calls: [] } }
---*/
for (const timeoutMs of [0, -1, NaN, Infinity, 1.5, '100', 2 ** 31, 2 ** 53, 600001, [100], true]) {
  await fails('invalid_params', () => kiosk.host.info({}, {timeoutMs}));
}
