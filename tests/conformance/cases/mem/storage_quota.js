/*---
id: MEM-112
title: storage that is full refuses the next value and keeps what it has
level: 3
refs: ["SBX-MEM-042"]
grants: none
manifest: { storage: { local_kb: 8 } }
expect: ok
---*/
const {local} = kiosk.storage;
await local.set({key: 'first', value: 'x'.repeat(4000)});
await fails('quota_exceeded', () => local.set({key: 'second', value: 'y'.repeat(5000)}));
equal((await local.get({key: 'first'})).value.length, 4000, 'the first');
equal((await local.get({key: 'second'})).found, false, 'the second');
const {usedBytes, limitBytes} = await local.info({});
assert(usedBytes <= limitBytes, 'the use is within the bound');
