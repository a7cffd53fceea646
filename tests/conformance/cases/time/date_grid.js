/*---
id: TIME-102
title: Date.now and new Date give whole milliseconds and agree with performance.now
level: 3
refs: ["SBX-TIME-001"]
grants: none
expect: ok
---*/
equal(Number.isInteger(Date.now()), true, 'Date.now');
equal(Number.isInteger(new Date().getTime()), true, 'new Date');
const drift = performance.timeOrigin + performance.now() - Date.now();
assert(Math.abs(drift) < 1000, `they differ by ${drift} ms`);
