/*---
id: SIG-044
title: no end of a signed package is taken for the whole
level: 0
declares: []
timeout: 60
package:
  every: beheading
  change: [ remove: { file: harness.js }, remove: { file: orders.js } ]
expect: refused
---*/
