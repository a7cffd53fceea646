/*---
id: TIME-112
title: an app cannot give others another clock
level: 3
guards: [guest.frozen]
refs: ["SBX-TIME"]
grants: none
expect: ok
---*/
await fails('TypeError', () => Date.now = () => 0);
await fails('TypeError', () => Date.prototype.getTime = () => 0);
await fails('TypeError', () => Performance.prototype.now = () => 0);
await fails('TypeError', () => Math.random = () => 0);
