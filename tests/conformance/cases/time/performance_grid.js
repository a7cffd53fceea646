/*---
id: TIME-101
title: performance.now stands on a grid of a tenth of a millisecond
level: 3
refs: ["SBX-TIME-001", "W3C hr-time"]
control: naive
grants: none
expect: ok
---*/
const values = new Set();
for (let i = 0; i < 20000; ++i) values.add(performance.now());
for (const value of values) {
  const steps = value * 10;
  assert(Math.abs(steps - Math.round(steps)) < 1e-3, `${value} is on the grid`);
}
