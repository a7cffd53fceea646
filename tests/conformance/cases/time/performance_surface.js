/*---
id: TIME-107
title: performance tells a time and an origin and nothing of the machine
level: 3
refs: ["SBX-TIME-007"]
grants: none
expect: ok
---*/
for (const name
         of ['memory', 'timing', 'navigation', 'getEntries', 'measureUserAgentSpecificMemory',
             'eventCounts', 'nodeTiming', 'timerify', 'eventLoopUtilization']) {
  equal(performance[name], undefined, name);
}
equal(Number.isInteger(performance.timeOrigin), true, 'a coarse origin');
