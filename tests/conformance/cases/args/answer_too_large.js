/*---
id: ARGS-145
title: an answer larger than a message is an error of that call alone
level: 2
guards: [host.answer]
grants: none
budget: { message: 64K }
expect: ok
---*/
const {local} = kiosk.storage;
for (const key of ['a', 'b', 'c']) await local.set({key, value: 'x'.repeat(30000)});
await fails('payload_too_large', () => local.batchGet({keys: ['a', 'b', 'c']}));
equal((await local.get({key: 'a'})).value.length, 30000, 'a single value');
