/*---
id: WEB-ENC-004
title: encodeInto writes whole characters only
level: 2
grants: none
expect: ok
---*/
const target = new Uint8Array(5);
const result = new TextEncoder().encodeInto('яя💶', target);
equal(result, { read: 2, written: 4 }, 'result');
equal([...target].join(), '209,143,209,143,0', 'bytes');
