/*---
id: WEB-PERF-001
title: performance.now starts near zero, never goes back and is coarse
level: 2
grants: none
expect: ok
---*/
let last = performance.now();
assert(last >= 0 && last < 60000, `${last} ms`);
for (let i = 0; i < 1000; ++i) {
  const now = performance.now();
  assert(now >= last, 'it goes on');
  assert(Math.abs(now * 10 - Math.round(now * 10)) < 1e-3, `${now} is in steps of 0.1 ms`);
  last = now;
}
assert(performance.timeOrigin > 1.6e12, 'timeOrigin');
