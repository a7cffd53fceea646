/*---
id: SBX-REALM-018
promise: Function.prototype.call, apply and bind cannot be changed
grants: none
expect: ok
---*/
for (const name of ['call', 'apply', 'bind', 'toString', Symbol.hasInstance]) {
  await fails('TypeError', () => {
    Function.prototype[name] = () => {};
  });
}
equal(Math.max.apply(null, [1, 2]), 2, 'apply');
