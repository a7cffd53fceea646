/*---
id: CPU-137
title: three thousand listeners of one event run in order and slow down nothing else
level: 3
refs: ["SBX-CPU-022"]
grants: none
expect: ok
---*/
let ran = 0;
const target = new EventTarget();
for (let i = 0; i < 3000; ++i) target.addEventListener('mine', () => ++ran);
target.dispatchEvent(new Event('mine'));
equal(ran, 3000, 'listeners that ran');
