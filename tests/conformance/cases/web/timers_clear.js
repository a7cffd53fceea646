/*---
id: WEB-TIMER-003
title: a cleared timer never runs, whoever clears it
level: 2
grants: none
expect: ok
---*/
let ran = '';
const a = setTimeout(() => {
  ran += 'a';
}, 1);
const b = setTimeout(() => clearTimeout(c), 1);
const c = setTimeout(() => {
  ran += 'c';
}, 1);
clearTimeout(a);
clearTimeout(a);
clearTimeout(undefined);
clearInterval(12345678);
await new Promise((resolve) => setTimeout(resolve, 10));
equal(ran, '', 'what ran');
assert(typeof b === 'number' && c > b, 'ids are numbers that grow');
