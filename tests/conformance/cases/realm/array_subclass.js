/*---
id: REALM-127
title: an array of a subclass is read by its elements alone, and its species is not asked
level: 1
refs: ["Agoric/realms-shim#73", "vm2 ATTACKS 18"]
grants: none
expect: ok
---*/
let made = 0;
class Hostile extends Array {
  static get[Symbol.species]() {
    ++made;
    return Function;
  }
}
const value = Hostile.of(1, 2);
made = 0;
await kiosk.storage.local.set({key: 'k', value});
equal((await kiosk.storage.local.get({key: 'k'})).value.join(), '1,2', 'what was stored');
equal(made, 0, 'reads of the species');
