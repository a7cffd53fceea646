/*---
id: WEB-CLONE-002
title: what cannot be cloned throws a DataCloneError
level: 2
grants: none
expect: ok
---*/
for (const value of [
  () => {},
  Symbol('s'),
  { f() {} },
  new WeakMap(),
  new Event('x'),
  document.body,
]) {
  const error = await fails('DataCloneError', () => structuredClone(value));
  assert(error instanceof DOMException && error.name === 'DataCloneError', 'DataCloneError');
}
const own = new Error('own');
let thrown;
try {
  structuredClone({
    get x() {
      throw own;
    },
  });
} catch (error) {
  thrown = error;
}
equal(thrown, own, 'the error of a getter');
