/*---
id: NATIVE-115
title: an array that a getter empties while it is read yields one snapshot or an error
level: 2
refs: ["SBX-NATIVE-005", "CVE-2016-1646"]
grants: none
expect: ok
---*/
const value = [0, 1, 2, 3];
Object.defineProperty(value, 0, {
  enumerable: true,
  get() {
    value.length = 1;
    return 'first';
  },
});
await fails('invalid_params', () => kiosk.storage.local.set({key: 'k', value}));
equal((await kiosk.storage.local.get({key: 'k'})).found, false, 'nothing was stored');
