/*---
id: NATIVE-106
title: Reflect.construct with a foreign new.target makes no half-made web object
level: 2
refs: ["SBX-NATIVE-003", "tc39/proposal-shadowrealm#170"]
grants: none
expect: ok
---*/
for (const [kind, args] of [
         [URL, ['https://example.org/']],
         [TextDecoder, []],
         [AbortController, []],
         [Headers, []],
]) {
  const object = Reflect.construct(kind, args, Object);
  equal(Object.getPrototypeOf(object) === Object.prototype, true, `${kind.name}: the prototype`);
  equal(JSON.stringify(object), '{}', `${kind.name}: no state to be seen`);
}
const getter = Object.getOwnPropertyDescriptor(URL.prototype, 'href').get;
await fails('TypeError', () => getter.call(Object.create(URL.prototype)));
