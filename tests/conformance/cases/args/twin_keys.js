/*---
id: ARGS-136
title: keys that differ in normal form only are two keys
level: 2
refs: ["SBX-ARGS-011"]
grants: none
expect: ok
---*/
await kiosk.storage.local.set({key: '\u00e9', value: 1});
await kiosk.storage.local.set({key: 'e\u0301', value: 2});
equal((await kiosk.storage.local.get({key: '\u00e9'})).value, 1, 'composed');
equal((await kiosk.storage.local.get({key: 'e\u0301'})).value, 2, 'decomposed');
const both = {
  '\u00e9': 1,
  'e\u0301': 2
};
await kiosk.storage.local.set({key: 'k', value: both});
equal(Object.keys((await kiosk.storage.local.get({key: 'k'})).value).length, 2, 'names');
