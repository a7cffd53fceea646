/*---
id: TIME-103
title: the time of an event is no finer than performance.now
level: 3
refs: ["SBX-TIME-001"]
grants: none
expect: ok
---*/
for (let i = 0; i < 1000; ++i) {
  const {timeStamp} = new Event('mine');
  const steps = timeStamp * 10;
  assert(Math.abs(steps - Math.round(steps)) < 1e-3, `${timeStamp} is on the grid`);
}
