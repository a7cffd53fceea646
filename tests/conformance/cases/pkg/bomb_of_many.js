/*---
id: PKG-034
title: many files that are more than 64 MiB together only once they are unpacked are refused
level: 0
guards: [package.contents]
package:
  change:
    - add:
        name: f
        times: 70
        zeros: 10000
        header: { method: 8, sizeBytes: 1000000 }
expect: { refused: package.too_large, detail: "exceed 64 MiB together" }
---*/
