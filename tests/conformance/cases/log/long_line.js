/*---
id: LOG-105
title: a line of ten million characters is cut, and the next line comes whole
level: 5
refs: ["SBX-LOG-001"]
grants: none
expect: { outcome: ok, logs: the next line }
---*/
console.log('x'.repeat(10 * 1024 * 1024));
console.log('the next line');
