/*---
id: LOG-104
title: changes of direction in a log line are escaped
level: 5
refs: ["SBX-LOG-001", "CVE-2021-42574"]
control: naive
grants: none
expect: { outcome: ok, logs: "begin\\u202eend" }
---*/
console.log('begin\u202eend');
