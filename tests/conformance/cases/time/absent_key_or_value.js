/*---
id: TIME-114
title: a key that was never there answers as one that was removed
level: 3
refs: ["SBX-TIME-005"]
grants: none
expect: ok
---*/
const {local} = kiosk.storage;
await local.set({key: 'was', value: 'x'.repeat(1000)});
await local.remove({key: 'was'});
const removed = await local.get({key: 'was'});
const absent = await local.get({key: 'never'});
equal(JSON.stringify(removed) === JSON.stringify(absent), true, 'the answers');
equal((await local.remove({key: 'was'})).removed, false, 'a second removal');
