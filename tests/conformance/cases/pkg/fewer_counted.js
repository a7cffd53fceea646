/*---
id: PKG-053
title: an end record that counts fewer files than there are is refused
level: 0
package:
  change:
    - end: { count: 1, countOnDisk: 1 }
expect: { refused: package.bad_zip, detail: "more than its files" }
---*/
