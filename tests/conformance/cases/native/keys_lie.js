/*---
id: NATIVE-118
title: a Proxy that lists keys that it does not have harms nothing
level: 2
refs: ["SBX-NATIVE-005"]
grants: none
expect: ok
---*/
const value = new Proxy({}, {ownKeys: () => ['a', 'b', 'c']});
await kiosk.storage.local.set({key: 'k', value});
equal(JSON.stringify((await kiosk.storage.local.get({key: 'k'})).value), '{}', 'what was stored');
const twice = new Proxy({}, {ownKeys: () => ['a', 'a']});
await fails('TypeError', () => kiosk.storage.local.set({key: 'k', value: twice}));
