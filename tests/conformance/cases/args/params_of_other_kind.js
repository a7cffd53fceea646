/*---
id: ARGS-128
title: parameters that are no object are refused before anything is sent
level: 2
grants: none
expect: { outcome: ok, host: { calls: [] } }
---*/
for (const params of [null, [], [{key: 'k'}], 'k', 1, true, 1n, Symbol('s'), () => ({key: 'k'})]) {
  await fails('invalid_params', () => kiosk.storage.local.get(params));
}
