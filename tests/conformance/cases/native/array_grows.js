/*---
id: NATIVE-116
title: an array that grows while it is read is read to its first length
level: 2
refs: ["SBX-NATIVE-005"]
grants: none
expect: ok
---*/
let reads = 0;
const value = [];
const grow = () => {
  Object.defineProperty(value, value.length, {
    enumerable: true,
    configurable: true,
    get() {
      if (++reads < 100000) grow();
      return reads;
    },
  });
};
grow();
await kiosk.storage.local.set({key: 'k', value}).catch(error => {
  equal(error.code, 'payload_too_large', 'the refusal');
});
assert(reads <= 20000, `reads are bounded: ${reads}`);
