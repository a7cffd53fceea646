/*---
id: REALM-137
title: private fields that the app stamps on objects of the bridge break no call
level: 1
refs: ["CVE-2022-25893"]
grants: none
expect: ok
---*/
class Base {
  constructor(object) {
    return object;
  }
}
class Stamp extends Base {
  #mark = 1;
  static has(object) {
    return #mark in object;
  }
}
const call = kiosk.host.info({});
for (const each of [kiosk.storage.local, call]) {
  try {
    new Stamp(each);
  } catch (error) {
    equal(error instanceof TypeError, true, 'a refusal');
  }
}
equal((await call).platform, 'linux', 'the call');
equal((await kiosk.storage.local.get({key: 'k'})).found, false, 'a call by the stamped object');
