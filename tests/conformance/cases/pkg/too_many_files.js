/*---
id: PKG-035
title: a package of more than 4096 files is refused
level: 0
package:
  change:
    - add: { name: f, times: 4097 }
expect: { refused: package.too_large, detail: "at most 4096" }
---*/
