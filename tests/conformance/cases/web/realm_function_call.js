/*---
id: SBX-REALM-018
title: Function.prototype.call, apply and bind cannot be changed
level: 2
grants: none
expect: ok
---*/
for (const name of ['call', 'apply', 'bind', 'toString', Symbol.hasInstance]) {
  await fails('TypeError', () => {
    Function.prototype[name] = () => {};
  });
}
equal(Math.max.apply(null, [1, 2]), 2, 'apply');
