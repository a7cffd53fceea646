/*---
id: PKG-045
title: bytes behind the archive are refused
level: 0
package:
  change:
    - append: { text: "x" }
expect: { refused: package.bad_zip, detail: "has data after its end" }
---*/
