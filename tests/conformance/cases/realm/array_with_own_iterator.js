/*---
id: REALM-125
title: an array with an iterator of its own is read by its elements, and its iterator is not run
level: 1
refs: ["Agoric/realms-shim#51", "GHSA-7cg8-pq9v-x98q"]
grants: none
expect: ok
---*/
let ran = 0;
const value = [1, 2];
Object.defineProperty(value, Symbol.iterator, {
  enumerable: true,
  value: function*() {
    ++ran;
    yield 'evil';
  },
});
await kiosk.storage.local.set({key: 'k', value});
equal((await kiosk.storage.local.get({key: 'k'})).value.join(), '1,2', 'what was stored');
equal(ran, 0, 'runs of the iterator');
