/*---
id: NATIVE-135
title: a text far longer than a message is refused before anything is sent
level: 2
refs: ["SBX-NATIVE-011"]
grants: none
expect: { outcome: ok, host: { calls: [] } }
---*/
const rope = 'x'.repeat(2 ** 23);
await fails('payload_too_large', () => kiosk.storage.local.set({key: 'k', value: rope}));
await fails('payload_too_large', () => kiosk.storage.local.set({key: 'k', value: [[rope]]}));
