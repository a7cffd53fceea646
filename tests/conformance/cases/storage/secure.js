/*---
id: STO-003
title: storage.secure keeps few small values, apart from storage.local
level: 4
grants: none
expect: ok
---*/
const {local, secure} = kiosk.storage;
await secure.set({key: 'pin', value: {digits: '1234'}});
equal((await secure.get({key: 'pin'})).value.digits, '1234', 'the value');
equal((await local.get({key: 'pin'})).found, false, 'in storage.local');
await fails('payload_too_large', () => secure.set({key: 'big', value: 'x'.repeat(4096)}));
await secure.batchSet({items: [{key: 'a', value: 1}, {key: 'b', value: 2}]});
equal((await secure.keys({})).keys.join(), 'a,b,pin', 'the keys');
const {keys, keysMax} = await secure.info({});
equal(`${keys} of ${keysMax}`, '3 of 32', 'the use');
equal((await secure.clear({})).removed, 3, 'removed');
equal((await secure.get({key: 'pin'})).found, false, 'after clear');
