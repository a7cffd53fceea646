/*---
id: SIG-046
title: no byte of a signed package can be left out
level: 0
declares: []
timeout: 60
package:
  every: removal
  change: [ remove: { file: harness.js }, remove: { file: orders.js } ]
expect: refused
---*/
