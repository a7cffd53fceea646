/*---
id: NATIVE-113
title: a transfer list that changes while it is read is read once
level: 2
refs: ["SBX-NATIVE-005"]
grants: none
expect: ok
---*/
const first = new ArrayBuffer(8);
const second = new ArrayBuffer(8);
let reads = 0;
const list = {
  * [Symbol.iterator]() {
      ++reads;
      yield first;
      if (reads > 1) yield second;
    },
};
structuredClone({}, {transfer: list});
equal(reads, 1, 'readings of the list');
equal(first.byteLength, 0, 'the first went');
equal(second.byteLength, 8, 'the second stayed');
