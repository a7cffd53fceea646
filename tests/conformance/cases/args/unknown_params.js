/*---
id: ARGS-126
title: a parameter that the catalogue does not describe is refused, whatever its value
level: 2
guards: [gate.schema]
grants: none
control: naive
expect: { outcome: ok, host: { callsOk: 0 } }
---*/
for (const extra
         of [{userId: 'boris'}, {app: 'org.example.other'}, {'': 1}, {KEY: 'k'}, {'key ': 1}]) {
  await fails('invalid_params', () => kiosk.storage.local.get({key: 'k', ...extra}));
}
await fails('invalid_params', () => kiosk.host.info({extra: null}));
