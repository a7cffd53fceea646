/*---
id: SIG-045
title: no byte of a signed package can be doubled
level: 0
declares: []
timeout: 60
package:
  every: insertion
  change: [ remove: { file: harness.js }, remove: { file: orders.js } ]
expect: refused
---*/
