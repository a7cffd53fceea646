/*---
id: WEB-FREEZE-003
title: classes in the style of before 2015 work
level: 2
grants: none
expect: ok
---*/
function Base() {}
Base.prototype.toString = function () {
  return 'base';
};
Base.prototype.valueOf = () => 1;
function Derived() {}
Derived.prototype = Object.create(Base.prototype);
Derived.prototype.constructor = Derived;
equal(`${new Derived()}`, 'base', 'toString');
equal(new Derived().constructor, Derived, 'constructor');
function F() {}
F.call = () => 'own call';
F.toString = () => 'own text';
F.bind = F.apply = 1;
equal(F.call(), 'own call', 'call');
