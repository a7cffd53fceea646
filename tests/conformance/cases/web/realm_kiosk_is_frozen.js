/*---
id: SBX-REALM-022
title: the global kiosk can be neither replaced nor changed
level: 2
grants: none
expect: ok
---*/
await fails('TypeError', () => {
  globalThis.kiosk = {};
});
await fails('TypeError', () => {
  delete globalThis.kiosk;
});
await fails('TypeError', () => {
  kiosk.call = () => {};
});
await fails('TypeError', () => Object.defineProperty(globalThis, 'kiosk', { value: 1 }));
await fails('TypeError', () => {
  kiosk.messages.share = () => {};
});
await fails('TypeError', () => {
  kiosk.BridgeError.prototype.name = 'x';
});
assert(Object.isFrozen(kiosk) && Object.isFrozen(kiosk.call), 'frozen');
equal(Object.getPrototypeOf(kiosk), null, 'the prototype of kiosk');
