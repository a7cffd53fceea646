/*---
id: PKG-055
title: an archive of two disks is refused
level: 0
package:
  change:
    - end: { disk: 1 }
expect: { refused: package.bad_zip, detail: "single, plain archive" }
---*/
