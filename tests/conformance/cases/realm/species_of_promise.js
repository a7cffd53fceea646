/*---
id: REALM-105
title: a species that the app puts on a promise of the bridge sees no value of the host
level: 1
refs: ["CVE-2023-37466", "vm2 ATTACKS 3"]
control: naive
grants: none
expect: ok
---*/
let seen = [];
class Thief extends Promise {
  constructor(executor) {
    super((resolve, reject) => executor(value => (seen.push(value), resolve(value)), reject));
  }
  static get[Symbol.species]() {
    return Thief;
  }
}
const call = kiosk.host.info({});
Object.defineProperty(call, 'constructor', {value: Thief});
await call.then(info => info);
assert(seen.length > 0, 'the species was used');
for (const value of seen) {
  if (typeof value !== 'object' || value === null) continue;
  equal(Object.getPrototypeOf(value) === Object.prototype, true, 'what the species saw');
}
