/*---
id: WEB-CONSOLE-001
title: console describes values without running code of theirs
level: 2
grants: none
expect: ok
---*/
let ran = 0;
const hostile = {
  get bomb() {
    return ++ran;
  },
  toString() {
    return ++ran;
  },
  toJSON() {
    return ++ran;
  },
  [Symbol.toPrimitive]() {
    return ++ran;
  },
  get [Symbol.toStringTag]() {
    return ++ran;
  },
};
const proxy = new Proxy(
  {},
  new Proxy(
    {},
    {
      get() {
        ++ran;
      },
    },
  ),
);
const deep = {};
let at = deep;
for (let i = 0; i < 100000; ++i) at = at.next = {};
const circular = [];
circular.push(circular);
for (const value of [
  hostile,
  proxy,
  deep,
  circular,
  { a: proxy },
  class X {},
  new (class extends Map {})(),
  new Array(1e9),
  '\ud800',
  Object.create(proxy),
]) {
  console.log(value);
  console.log('%s %d %o', value, 1, value);
}
console.log(Symbol('x'), null, undefined, -0, 1n);
equal(ran, 0, 'code that ran');
