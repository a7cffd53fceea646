/*---
id: PKG-036
title: a file that unpacks to more than it says is refused
level: 0
package:
  change:
    - add: { name: lie.bin, zeros: 5000, deflate: true, header: { sizeBytes: 100 } }
expect: { refused: package.bad_zip, detail: "is damaged" }
---*/
