/*---
id: MEM-114
title: storage.secure takes no more keys than the manifest says
level: 3
guards: [secure.quota]
refs: ["SBX-MEM-042"]
grants: none
manifest: { storage: { secure_keys: 2 } }
expect: ok
---*/
const {secure} = kiosk.storage;
await secure.set({key: 'a', value: 1});
await secure.set({key: 'b', value: 1});
await fails('quota_exceeded', () => secure.set({key: 'c', value: 1}));
await secure.set({key: 'b', value: 2});
equal((await secure.keys({})).keys.join(), 'a,b', 'the keys');
