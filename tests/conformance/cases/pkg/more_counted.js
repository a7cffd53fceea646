/*---
id: PKG-054
title: an end record that counts more files than there are is refused
level: 0
package:
  change:
    - end: { count: 9, countOnDisk: 9 }
expect: { refused: package.bad_zip, detail: "directory is broken" }
---*/
