/*---
id: MOD-120
title: import.meta tells the module's name in the package and has no function
level: 1
refs: ["SBX-REALM"]
grants: none
expect: ok
---*/
equal(Object.getPrototypeOf(import.meta), null, 'its prototype');
equal(Object.keys(import.meta).join(), 'url', 'its names');
equal(import.meta.url, 'app://org.example.test/app.js', 'the name');
