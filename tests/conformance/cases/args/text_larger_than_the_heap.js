/*---
id: ARGS-152
title: a text far larger than a message is refused before it is copied, alone and in a list
level: 2
refs: [assurance ARGS-010]
grants: all
control: naive
expect: { outcome: ok, host: { callsOk: 0 } }
---*/
const text = 'x'.repeat(2 ** 28);
await fails('payload_too_large', () => kiosk.storage.local.set({ key: 'k', value: text }));
await fails('payload_too_large', () => kiosk.storage.local.set({ key: 'k', value: ['a', text] }));
