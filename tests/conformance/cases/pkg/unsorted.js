/*---
id: PKG-052
title: files in another order than that of their names are refused
level: 0
package:
  change:
    - reverse: {}
expect: { refused: package.bad_zip, detail: "not sorted" }
---*/
