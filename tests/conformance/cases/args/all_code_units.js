/*---
id: ARGS-135
title: every code unit below U+D800 comes back as it went
level: 2
refs: ["SBX-NATIVE-011"]
grants: none
expect: ok
---*/
let text = '';
for (let i = 0; i < 0xd800; ++i) text += String.fromCharCode(i);
await kiosk.storage.local.set({key: 'k', value: text});
equal((await kiosk.storage.local.get({key: 'k'})).value === text, true, 'the same text');
