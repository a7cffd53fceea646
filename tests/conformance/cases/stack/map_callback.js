/*---
id: STACK-106
title: recursion through the built-ins of arrays is a RangeError
level: 3
refs: ["SBX-STACK-006"]
grants: none
expect: ok
---*/
for (const name of ['map', 'forEach', 'filter', 'sort', 'reduce', 'flatMap', 'some', 'find']) {
  const recurse = () => [2, 1][name](recurse);
  await fails('RangeError', recurse);
}
