/*---
id: WEB-NAV-001
title: navigator tells the language and nothing of the device
level: 2
grants: none
expect: ok
---*/
equal(typeof navigator.userAgent, 'string', 'userAgent');
assert(/^[a-z]{2}/.test(navigator.language), navigator.language);
const names = Object.getOwnPropertyNames(Object.getPrototypeOf(navigator)).sort().join();
equal(names, 'constructor,language,languages,userAgent', 'names');
