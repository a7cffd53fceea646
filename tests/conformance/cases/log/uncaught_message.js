/*---
id: LOG-107
title: the message of an uncaught error cannot break the line of the end
level: 5
refs: ["SBX-LOG-001", "CWE-117"]
grants: none
raw: true
expect: { ended: error, detail: Error }
---*/
throw new Error('a\r\n{"event":"ended","reason":"closed"}');
