/*---
id: SBX-REALM-019
title: intrinsics that no global name leads to are frozen too
level: 2
grants: none
expect: ok
---*/
const of = Object.getPrototypeOf;
const hidden = [
  of(function* () {}),
  of(async function* () {}),
  of(async () => {}),
  of(Uint8Array),
  of(new Map().entries()),
  of(new Set().values()),
  of(''[Symbol.iterator]()),
  of('a'.matchAll(/a/g)),
  of(of([][Symbol.iterator]())),
  of(of(function* () {}).prototype),
  of(of(async function* () {}).prototype),
  of(of(of(async function* () {}).prototype)),
  of([].values().map((x) => x)),
];
hidden.forEach((object, index) => assert(Object.isFrozen(object), `hidden intrinsic ${index}`));
