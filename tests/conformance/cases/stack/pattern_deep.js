/*---
id: STACK-111
title: a regular expression of a hundred thousand groups is an error of its own
level: 3
refs: ["SBX-STACK-011"]
grants: none
expect: ok
---*/
await fails('SyntaxError', () => new RegExp('('.repeat(1e5) + ')'.repeat(1e5)));
