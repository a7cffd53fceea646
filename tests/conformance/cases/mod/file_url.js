/*---
id: MOD-101
title: a static import of a file of the machine ends the session before any code runs
level: 1
refs: ["SBX-MOD", "vm2 ATTACKS 13"]
grants: none
raw: true
expect: { ended: error, detail: Cannot find module }
---*/
import text from 'file:///etc/passwd';
console.log(text);
