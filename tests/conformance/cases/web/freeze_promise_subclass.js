/*---
id: WEB-FREEZE-005
title: promises may be subclassed and carry own then
level: 2
grants: none
expect: ok
---*/
class P extends Promise {}
P.prototype.then = function (...args) {
  return Promise.prototype.then.apply(this, args);
};
equal(await new P((resolve) => resolve(3)), 3, 'value');
const p = Promise.resolve(1);
p.then = () => 'own';
equal(p.then(), 'own', 'then');
