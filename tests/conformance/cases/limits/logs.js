/*---
id: LIM-008
title: a flood of log lines is cut and counted, and the app goes on
level: 3
template: true
grants: none
raw: true
budget: { logs: 10 }
timeout: 10
expect: { ended: closed, logs: dropped }
---*/
for (let i = 0; i < 1000; ++i) console.log(`line ${i}`);
setTimeout(() => console.log('still here'), 1500);
