/*---
id: BRG-007
title: a message that is nested deeper than allowed never leaves the app, which learns why
level: 2
template: true
grants: all
expect: { error: payload_too_large }
---*/
let value = 1;
for (let i = 0; i < 64; ++i) value = [value];
await kiosk.storage.local.set({key: 'k', value});
