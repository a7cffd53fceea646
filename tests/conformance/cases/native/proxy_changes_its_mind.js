/*---
id: NATIVE-117
title: a Proxy that answers otherwise the second time is asked once
level: 2
refs: ["SBX-NATIVE-005", "vm2 ATTACKS 3"]
grants: none
expect: ok
---*/
let reads = 0;
const value = new Proxy({amount: 0}, {
  get: (target, key) => key === 'amount' ? ++reads : target[key],
  getOwnPropertyDescriptor: (target, key) => {
    const descriptor = Reflect.getOwnPropertyDescriptor(target, key);
    if (descriptor !== undefined) descriptor.value = ++reads;
    return descriptor;
  },
});
await kiosk.storage.local.set({key: 'k', value});
const {value: stored} = await kiosk.storage.local.get({key: 'k'});
equal(stored.amount, reads, 'the last that was read is what was stored');
assert(reads <= 2, `reads: ${reads}`);
