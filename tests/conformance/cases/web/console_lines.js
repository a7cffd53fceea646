/*---
id: WEB-CONSOLE-002
title: a call is one line, bounded, without control characters
level: 2
grants: none
expect: { outcome: ok, logs: ["one\\ntwo\\u000d\\u001b[31mred\\u202e"] }
---*/
console.info('one\ntwo\r\u001b[31mred\u202e');
console.info('x'.repeat(100000));
