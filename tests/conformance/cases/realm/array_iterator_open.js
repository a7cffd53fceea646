/*---
id: REALM-132
title: rewriting the open prototype of array iterators changes no call
level: 1
refs: ["Agoric/realms-shim#51", "vm2 ATTACKS 11"]
grants: none
expect: ok
---*/
const prototype = Object.getPrototypeOf([][Symbol.iterator]());
const {next} = prototype;
let ran = 0;
let info;
try {
  try {
    prototype.next = () => (++ran, {done: true});
  } catch {
    // Refused is as good as without effect.
  }
  const call = kiosk.storage.local.set({key: 'k', value: [1, [2, 3]]});
  await call;
  info = await kiosk.storage.local.get({key: 'k'});
} finally {
  try {
    prototype.next = next;
  } catch {
    // It was never changed.
  }
}
equal(JSON.stringify(info.value), '[1,[2,3]]', 'the value');
equal(ran, 0, 'times that the bridge asked the app');
