/*---
id: REALM-134
title: a timer's handle is a number and no object of a platform
level: 1
refs: ["SBX-REALM-010"]
control: naive
grants: none
expect: ok
---*/
const handle = setTimeout(() => {}, 0);
equal(typeof handle, 'number', 'setTimeout');
const second = setInterval(() => {}, 1000);
equal(typeof second, 'number', 'setInterval');
clearInterval(second);
equal(typeof requestAnimationFrame(() => {}), 'number', 'requestAnimationFrame');
