/*---
id: STACK-108
title: a toJSON that stringifies itself is a RangeError
level: 3
refs: ["SBX-STACK-008"]
grants: none
expect: ok
---*/
const object = {
  toJSON: () => JSON.stringify(object)
};
await fails('RangeError', () => JSON.stringify(object));
