/*---
id: CPU-132
title: a storm of set and cleared timers costs its own turn only
level: 3
refs: ["SBX-CPU-021"]
grants: none
expect: ok
---*/
for (let i = 0; i < 20000; ++i) clearTimeout(setTimeout(() => {}, i % 100));
let ran = 0;
await new Promise(resolve => {
  const handle = setInterval(() => {
    if (++ran < 5) return;
    clearInterval(handle);
    resolve();
  }, 0);
});
equal(ran, 5, 'runs of an interval afterwards');
