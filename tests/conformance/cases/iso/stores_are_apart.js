/*---
id: ISO-106
title: clearing one store leaves the other
level: 4
grants: none
expect: ok
---*/
const {local, secure} = kiosk.storage;
await local.set({key: 'k', value: 'local'});
await secure.set({key: 'k', value: 'secure'});
await local.clear({});
equal((await local.get({key: 'k'})).found, false, 'storage.local');
equal((await secure.get({key: 'k'})).value, 'secure', 'storage.secure');
