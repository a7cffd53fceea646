/*---
id: NATIVE-107
title: new on a function of the bridge makes nothing but a promise of the app's realm
level: 2
refs: ["SBX-NATIVE-003"]
grants: none
expect: ok
---*/
for (const each of [kiosk.call, kiosk.storage.local.get, kiosk.host.info]) {
  let made;
  try {
    made = new each();
    made.catch?.(() => {});
  } catch (error) {
    equal(error instanceof TypeError, true, 'a TypeError of this realm');
    continue;
  }
  equal(Object.getPrototypeOf(made) === Promise.prototype, true, each.name);
}
