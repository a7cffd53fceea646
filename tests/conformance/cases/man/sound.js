/*---
id: MAN-001
title: a package with the usual manifest runs
level: 0
package: {}
expect: ok
---*/
