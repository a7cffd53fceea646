/*---
id: ARGS-123
title: keys called constructor, toString and the like are plain data
level: 2
refs: ["SBX-ARGS-005"]
grants: none
expect: ok
---*/
const value = {
  constructor: 1,
  toString: 2,
  valueOf: 3,
  hasOwnProperty: 4,
  length: 5,
  then: 6
};
await kiosk.storage.local.set({key: 'k', value});
const back = (await kiosk.storage.local.get({key: 'k'})).value;
for (const [key, each] of Object.entries(value)) equal(back[key], each, key);
