/*---
id: PKG-001
title: a signed package that nobody spoilt runs as its folder does
level: 0
package: {}
expect: ok
---*/
