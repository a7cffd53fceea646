/*---
id: LOG-111
title: format directives in a log line cost no more than the line
level: 5
refs: ["CWE-134"]
grants: none
expect: { outcome: ok, logs: still there }
---*/
console.log('%s'.repeat(100000), ...new Array(1000).fill('x'.repeat(1000)));
console.log('%n%n%n%999999999d%c', 1);
console.log('still there');
