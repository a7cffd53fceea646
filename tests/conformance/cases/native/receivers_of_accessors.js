/*---
id: NATIVE-102
title: accessors of web classes throw in the app on every wrong receiver
level: 2
refs: ["SBX-NATIVE-001", "Web IDL 3.7.6"]
grants: none
expect: ok
---*/
const receivers =
    [undefined, null, 1, '', {}, [], () => {}, new Proxy({}, {}), Object.create(null)];
let thrown = 0;
for (const name of Object.getOwnPropertyNames(globalThis)) {
  const prototype = typeof globalThis[name] === 'function' ? globalThis[name].prototype : null;
  if (typeof prototype !== 'object' || prototype === null) continue;
  for (const {get} of Object.values(Object.getOwnPropertyDescriptors(prototype))) {
    for (const receiver of get === undefined ? [] : receivers) {
      try {
        Reflect.apply(get, receiver, []);
      } catch (error) {
        ++thrown;
        equal(error instanceof Error, true, `${name}: an error of this realm`);
      }
    }
  }
}
assert(thrown > 100, `refusals: ${thrown}`);
