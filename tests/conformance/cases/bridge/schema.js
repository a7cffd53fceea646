/*---
id: BRG-003
title: parameters that do not fit the catalogue are refused before anything else happens
level: 2
template: true
guards: [gate.schema]
grants: all
expect: { outcome: ok, host: { consentsAsked: 0, callsOk: 0 } }
---*/
for (const params
         of [{}, {key: 7}, {key: ''}, {key: 'k', more: 1}, {key: 'k'.repeat(129)}, [], 'k']) {
  await fails('invalid_params', () => kiosk.call('storage.local.get', params));
}
