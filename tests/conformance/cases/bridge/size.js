/*---
id: BRG-008
title: a message over the limit is refused with payload_too_large and the session goes on
level: 2
template: true
grants: all
budget: { message: 64K }
expect: ok
---*/
await fails(
    'payload_too_large', () => kiosk.storage.local.set({key: 'k', value: 'x'.repeat(100000)}));
await kiosk.storage.local.set({key: 'k', value: 'small'});
