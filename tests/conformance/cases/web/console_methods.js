/*---
id: WEB-CONSOLE-003
title: every method of console can be called with anything
level: 2
grants: none
expect: ok
---*/
for (const name of Object.keys(console)) {
  console[name]();
  console[name](undefined, null, {}, Symbol('s'));
}
console.count('c');
console.time('t');
console.timeEnd('t');
console.assert(false, 'told');
console.log('%d%%, %s and %o', 50, 'text', { a: [1] });
console.clear();
