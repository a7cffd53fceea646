/*---
id: TIME-104
title: the time that requestAnimationFrame tells is on the grid of performance.now
level: 3
refs: ["SBX-TIME-001"]
grants: none
expect: ok
---*/
for (let i = 0; i < 5; ++i) {
  const time = await new Promise(resolve => requestAnimationFrame(resolve));
  const steps = time * 10;
  assert(Math.abs(steps - Math.round(steps)) < 1e-3, `${time} is on the grid`);
}
