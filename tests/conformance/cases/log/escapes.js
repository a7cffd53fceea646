/*---
id: LOG-102
title: escapes of a terminal in a log line are escaped
level: 5
refs: ["SBX-LOG-001", "CWE-150", "CVE-2023-28446"]
control: naive
grants: none
expect: { outcome: ok, logs: "\\u001b[2Jgone" }
---*/
console.log('\u001b[2Jgone');
