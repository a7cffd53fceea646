/*---
id: BRG-007
promise: a message that is nested deeper than allowed never leaves the app, which learns why
grants: all
expect: { error: payload_too_large }
---*/
let value = 1;
for (let i = 0; i < 64; ++i) value = [value];
await kiosk.storage.local.set({key: 'k', value});
