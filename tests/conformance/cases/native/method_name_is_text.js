/*---
id: NATIVE-161
title: what is no string in the place of a method's name is refused and not asked for one
level: 2
refs: ["SBX-NATIVE-007", "vm2 ATTACKS 3"]
grants: none
expect: { outcome: ok, host: { callsOk: 0 } }
---*/
let asked = 0;
const ask = () => {
  ++asked;
  return 'storage.local.keys';
};
const names = [
  {toString: ask}, {valueOf: ask, toString: ask}, {[Symbol.toPrimitive]: ask},
  new String('storage.local.keys'), ['storage.local.keys'], ask, Symbol('storage.local.keys'), 1,
  1n, true, null, undefined
];
for (const name of names) {
  const error = await fails('invalid_params', () => kiosk.call(name, {}));
  equal(error.method, '', 'the method in the error');
  equal(kiosk.supports(name), false, 'whether it is supported');
}
equal(kiosk.supports('storage.local.get', {toString: () => 'keys'}), false, 'a parameter');
await fails('TypeError', () => kiosk.on({toString: () => 'pause'}, () => {}));
equal(asked, 0, 'times asked');
