/*---
id: REALM-126
title: methods that an array brings along are not called by the bridge
level: 1
refs: ["Agoric/realms-shim#70"]
grants: none
expect: ok
---*/
let called = 0;
const value = [1, 2];
for (const name of ['map', 'forEach', 'join', 'push', 'slice', 'concat', 'toString', 'valueOf']) {
  Object.defineProperty(value, name, {value: () => (++called, value)});
}
await kiosk.storage.local.set({key: 'k', value});
equal((await kiosk.storage.local.get({key: 'k'})).value.join(), '1,2', 'what was stored');
equal(called, 0, 'methods that were called');
