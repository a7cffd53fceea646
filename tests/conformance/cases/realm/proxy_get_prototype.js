/*---
id: REALM-113
title: a getPrototypeOf trap that throws throws in the app and nowhere else
level: 1
refs: ["CVE-2023-30547", "vm2 ATTACKS 6"]
grants: none
expect: ok
---*/
const thrown = new RangeError('mine');
const hostile = new Proxy({}, {
  getPrototypeOf() {
    throw thrown;
  },
});
let caught;
await kiosk.storage.local.set({key: 'k', value: hostile}).catch(error => caught = error);
assert(caught === thrown || caught instanceof BridgeError, `what was thrown is mine: ${caught}`);
equal((await kiosk.storage.local.get({key: 'k'})).found, false, 'nothing was stored');
