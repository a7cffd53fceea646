/*---
id: STACK-102
title: a getter that reads itself is a RangeError
level: 3
refs: ["SBX-STACK-002"]
grants: none
expect: ok
---*/
const object = {
  get x() {
    return this.x;
  },
};
await fails('RangeError', () => object.x);
