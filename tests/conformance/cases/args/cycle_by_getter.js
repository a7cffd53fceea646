/*---
id: ARGS-102
title: an object that makes a new child at each reading is cut at the depth of a message
level: 2
refs: ["SBX-ARGS-001", "SBX-ARGS-002"]
grants: none
control: naive
expect: ok
---*/
let made = 0;
const endless = () => ({
  get child() {
    ++made;
    return endless();
  },
});
await fails('payload_too_large', () => kiosk.storage.local.set({key: 'k', value: endless()}));
assert(made <= 64, `children that were made: ${made}`);
