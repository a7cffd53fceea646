/*---
id: GST-004
title: intrinsics cannot be changed, and the override idiom still works
level: 1
template: true
guards: [guest.frozen]
grants: none
expect: ok
---*/
for (const object of [Object, Array, Promise, Map, JSON, Math, Reflect, TypeError, Date]) {
  assert(Object.isFrozen(object), `${object.name ?? object} is frozen`);
  if (object.prototype)
    assert(Object.isFrozen(object.prototype), `${object.name}.prototype is frozen`);
}
await fails('TypeError', () => Array.prototype.push = () => {});
await fails('TypeError', () => Array.prototype[0] = 1);
await fails('TypeError', () => Object.prototype.polluted = 1);

class OwnError extends Error {
  constructor(message) {
    super(message);
    this.name = 'OwnError';
    this.message = `own ${message}`;
  }
}
const error = new OwnError('words');
equal(error.name, 'OwnError', 'name');
equal(error.message, 'own words', 'message');
const object = {};
object.toString = () => 'mine';
object.constructor = 1;
equal(`${object}`, 'mine', 'toString');
