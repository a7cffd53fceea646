/*---
id: PKG-032
title: an end record that points to ZIP64 is refused
level: 0
package:
  change:
    - end: { count: 65535, countOnDisk: 65535 }
expect: { refused: package.bad_zip, detail: "ZIP64 is not allowed" }
---*/
