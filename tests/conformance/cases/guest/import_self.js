/*---
id: GST-006
title: a module may import itself while it is evaluated, and the host survives
level: 1
template: true
grants: none
raw: true
timeout: 10
expect: { ended: closed, logs: "@self function" }
---*/
export function f() {}
const self = import('./app.js');
self.then(module => console.log(`@self ${typeof module.f}`));
