/*---
id: SIG-042
title: not one bit of a signed package can be flipped
level: 0
declares: []
timeout: 60
package:
  every: bitflip
  change: [ remove: { file: harness.js }, remove: { file: orders.js } ]
expect: refused
---*/
