/*---
id: STACK-112
title: a replacer that replaces within itself is a RangeError
level: 3
refs: ["SBX-STACK-012"]
grants: none
expect: ok
---*/
const replace = match => match.replace(/x/, replace);
await fails('RangeError', () => replace('x'));
