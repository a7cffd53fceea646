/*---
id: PKG-031
title: a file whose sizes point to ZIP64 is refused
level: 0
guards: [package.features]
package:
  change:
    - header: { file: app.js, set: { packedBytes: 4294967295, sizeBytes: 4294967295 } }
expect: { refused: package.bad_zip, detail: "ZIP64" }
---*/
