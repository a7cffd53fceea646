/*---
id: NATIVE-162
title: no function of the bridge can be constructed
level: 2
refs: ["SBX-NATIVE-003"]
grants: none
expect: { outcome: ok, host: { callsOk: 0 } }
---*/
let tried = 0;
async function walk(space, path) {
  for (const key of Object.getOwnPropertyNames(space)) {
    if (key === 'BridgeError' || key === 'launch' || key === 'language') continue;
    const each = space[key];
    if (typeof each === 'object') await walk(each, `${path}.${key}`);
    if (typeof each !== 'function') continue;
    ++tried;
    equal(Object.hasOwn(each, 'prototype'), false, `${path}.${key} has a prototype`);
    await fails('TypeError', () => new each('host.info'));
    await fails('TypeError', () => Reflect.construct(each, ['host.info'], Object));
    await fails('TypeError', () => Reflect.construct(Object, [], each));
  }
}
await walk(kiosk, 'kiosk');
assert(tried > 20, 'many were tried');
