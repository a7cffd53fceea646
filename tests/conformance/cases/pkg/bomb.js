/*---
id: PKG-033
title: a file that unpacks to a thousand times its size is refused
level: 0
guards: [package.ratio]
package:
  change:
    - add: { name: bomb.bin, zeros: 1000000, deflate: true }
expect: { refused: package.too_large, detail: "packed more than 100 times" }
---*/
