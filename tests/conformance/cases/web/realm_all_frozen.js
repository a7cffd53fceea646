/*---
id: SBX-REALM-020
title: every function and prototype that a global name leads to is frozen
level: 2
grants: none
expect: ok
---*/
const open = [];
const arrayIterator = Object.getPrototypeOf([][Symbol.iterator]());
const seen = new Set([globalThis, document, console, RegExp.prototype, arrayIterator, Error]);
const queue = [];
for (const key of Reflect.ownKeys(globalThis)) {
  if (key === 'document') continue;
  queue.push([String(key), globalThis[key]]);
}
while (queue.length > 0) {
  const [path, value] = queue.pop();
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') continue;
  if (seen.has(value)) continue;
  seen.add(value);
  if (!Object.isFrozen(value)) open.push(path);
  for (const key of Reflect.ownKeys(value)) {
    const { value: inner, get, set } = Object.getOwnPropertyDescriptor(value, key);
    for (const next of [inner, get, set]) queue.push([`${path}.${String(key)}`, next]);
  }
  queue.push([`${path}.__proto__`, Object.getPrototypeOf(value)]);
}
equal(open.join(), '', 'what is left open');
assert(!Object.isExtensible(Error), 'Error takes no new property');
