/*---
id: ARGS-143
title: the size of a message counts its escapes and its bytes, not its characters
level: 2
refs: ["SBX-ARGS-010"]
grants: none
budget: { message: 64K }
control: naive
expect: ok
---*/
const {local} = kiosk.storage;
await local.set({key: 'k', value: 'x'.repeat(60000)});
await fails('payload_too_large', () => local.set({key: 'k', value: '\u0001'.repeat(12000)}));
await fails('payload_too_large', () => local.set({key: 'k', value: '\u0416'.repeat(33000)}));
await fails('payload_too_large', () => local.set({key: 'k', value: '"'.repeat(40000)}));
equal((await local.get({key: 'k'})).value.length, 60000, 'the value');
