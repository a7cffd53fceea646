/*---
id: MEM-113
title: a batch that does not fit as a whole stores nothing of it
level: 3
refs: ["SBX-MEM-042"]
grants: none
manifest: { storage: { local_kb: 8 } }
expect: ok
---*/
const {local} = kiosk.storage;
const items = Array.from({length: 10}, (_, i) => ({key: `k${i}`, value: 'x'.repeat(1000)}));
await fails('quota_exceeded', () => local.batchSet({items}));
equal((await local.keys({})).keys.length, 0, 'keys');
