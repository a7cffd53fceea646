/*---
id: SBX-REALM-028
title: parameters that run code while they are read cannot harm the call
level: 2
grants: none
expect: ok
---*/
let reads = 0;
const params = {
  get a() {
    ++reads;
    kiosk.call('no.inner', {}).catch(() => {});
    return 1;
  },
  b: new Proxy({ x: 1 }, { ownKeys: (target) => (++reads, Reflect.ownKeys(target)) }),
};
await fails('unsupported', () => kiosk.call('no.outer', params));
equal(reads, 2, 'reads');
