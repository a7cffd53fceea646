/*---
id: ARGS-119
title: a Proxy of a list that lies about its length is refused or read to a bound
level: 2
refs: ["SBX-ARGS-004", "SBX-NATIVE-005"]
grants: none
expect: ok
---*/
let reads = 0;
const liar = new Proxy([], {
  get: (target, key) => (++reads, key === 'length' ? 2 ** 53 - 1 : 1),
  getOwnPropertyDescriptor: (target, key) => {
    ++reads;
    const value = key === 'length' ? 2 ** 32 - 1 : 1;
    return {value, writable: true, enumerable: key !== 'length', configurable: key !== 'length'};
  },
});
let caught;
await kiosk.storage.local.set({key: 'k', value: liar}).catch(error => caught = error);
assert(caught === undefined || caught instanceof Error, 'an error of this realm');
assert(reads < 100000, `reads: ${reads}`);
