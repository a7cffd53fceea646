/*---
id: WEB-FREEZE-004
title: an array may have a push, concat or toString of its own
level: 2
grants: none
expect: ok
---*/
const list = [1];
list.push = function (x) {
  this[this.length] = x * 2;
};
list.push(4);
equal(list[1], 8, 'the pushed value');
list.toString = () => 'mine';
equal(`${list}`, 'mine', 'text');
