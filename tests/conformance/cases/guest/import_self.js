/*---
id: GST-006
promise: a module may import itself while it is evaluated, and the host survives
grants: none
raw: true
timeout: 10
expect: { ended: closed, logs: "@self function" }
---*/
export function f() {}
const self = import('./app.js');
self.then(module => console.log(`@self ${typeof module.f}`));
