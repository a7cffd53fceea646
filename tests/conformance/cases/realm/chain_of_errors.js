/*---
id: REALM-103
title: an error of the bridge has the app's own prototypes and leads to nothing else
level: 1
refs: ["SBX-REALM-004", "vm2 ATTACKS 4", "CVE-2022-36067"]
control: naive
grants: none
expect: ok
---*/
const error = await fails('invalid_params', () => kiosk.storage.local.get({key: 1}));
const chain = [];
for (let at = error; at !== null; at = Object.getPrototypeOf(at)) chain.push(at);
equal(chain.length, 4, 'the length of the chain');
equal(chain[1] === BridgeError.prototype, true, 'the first prototype');
equal(chain[2] === Error.prototype, true, 'the second prototype');
equal(chain[3] === Object.prototype, true, 'the third prototype');
for (const key of Reflect.ownKeys(error)) {
  const value = error[key];
  if (typeof value !== 'object' || value === null) continue;
  const prototype = Object.getPrototypeOf(value);
  equal(prototype === Object.prototype || prototype === Array.prototype, true, String(key));
}
