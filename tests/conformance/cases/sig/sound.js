/*---
id: SIG-001
title: an installed package that a trusted key signed runs
level: 0
package: { door: load, installed: {} }
expect: ok
---*/
