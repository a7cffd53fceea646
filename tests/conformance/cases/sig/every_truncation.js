/*---
id: SIG-043
title: no beginning of a signed package is taken for the whole
level: 0
declares: []
timeout: 60
package:
  every: truncation
  change: [ remove: { file: harness.js }, remove: { file: orders.js } ]
expect: refused
---*/
