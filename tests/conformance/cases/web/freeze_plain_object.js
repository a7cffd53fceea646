/*---
id: WEB-FREEZE-002
title: plain objects take every name that Object.prototype has
level: 2
grants: none
expect: ok
---*/
const o = {};
for (const name of [
  'toString',
  'valueOf',
  'constructor',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toLocaleString',
  '__defineGetter__',
]) {
  o[name] = name;
  equal(o[name], name, name);
}
equal(Object.keys(o).length, 8, 'own enumerable names');
equal(typeof {}.toString, 'function', 'the others keep theirs');
