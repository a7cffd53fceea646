/*---
id: PKG-058
title: a package whose last byte is missing is refused
level: 0
package:
  change:
    - truncate: { bytes: 1 }
expect: { refused: package.bad_zip, detail: "is cut short" }
---*/
