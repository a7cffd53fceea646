/*---
id: WEB-TIMER-005
title: deeply nested timers wait at least 4 ms
level: 2
grants: none
expect: ok
---*/
const times = [];
await new Promise((resolve) => {
  const step = () => {
    times.push(performance.now());
    if (times.length === 12) resolve();
    else setTimeout(step, 0);
  };
  setTimeout(step, 0);
});
for (let i = 8; i < 12; ++i) {
  assert(times[i] - times[i - 1] >= 3.8, `step ${i} waited ${times[i] - times[i - 1]} ms`);
}
