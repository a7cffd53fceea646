/*---
id: STACK-109
title: JSON.stringify of a deep list is a RangeError or a text
level: 3
refs: ["SBX-STACK-009"]
grants: none
expect: ok
---*/
let deep = [];
for (let i = 0; i < 300000; ++i) deep = [deep];
await fails('RangeError', () => JSON.stringify(deep));
