/*---
id: PKG-037
title: a file that unpacks to less than it says is refused
level: 0
package:
  change:
    - add: { name: lie.bin, zeros: 500, deflate: true, header: { sizeBytes: 600 } }
expect: { refused: package.bad_zip, detail: "is damaged" }
---*/
