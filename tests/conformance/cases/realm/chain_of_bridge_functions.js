/*---
id: REALM-101
title: no function of the bridge leads to a Function that compiles code of the host
level: 1
guards: [guest.strings]
refs: ["SBX-REALM-003", "vm2 ATTACKS 1"]
control: naive
grants: none
expect: ok
---*/
// kiosk.storage.local.get.constructor('return process')() and the like, over every function.
const functions = [];
const collect = object => {
  for (const value of Object.values(object)) {
    if (typeof value === 'function') functions.push(value);
    if (typeof value === 'object' && value !== null) collect(value);
  }
};
collect(kiosk);
assert(functions.length > 30, 'the bridge has functions');
for (const each of functions) {
  equal(each.constructor === Function || each === kiosk.BridgeError, true, each.name);
  await fails('EvalError', () => each.constructor.constructor('return process')());
}
