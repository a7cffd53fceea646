/*---
id: REALM-104
title: the promise of a call and all that is derived from it are the app's own
level: 1
refs: ["CVE-2026-22709", "vm2 ATTACKS 7"]
control: naive
grants: none
expect: ok
---*/
const call = kiosk.host.info({});
const derived = [call, call.then(x => x), call.catch(x => x), call.finally(() => {})];
for (const promise of derived) {
  equal(Object.getPrototypeOf(promise) === Promise.prototype, true, 'the prototype');
  equal(promise.constructor === Promise, true, 'the constructor');
}
equal(Reflect.ownKeys(call).length, 0, 'own properties of the promise');
await Promise.all(derived);
