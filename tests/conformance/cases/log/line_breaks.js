/*---
id: LOG-101
title: a line break in a log line is escaped, so that no second line can be forged
level: 5
refs: ["SBX-LOG-001", "CWE-117"]
control: naive
grants: none
expect: { outcome: ok, logs: "begin\\u000d\\n[AUDIT] granted" }
---*/
console.log('begin\r\n[AUDIT] granted');
