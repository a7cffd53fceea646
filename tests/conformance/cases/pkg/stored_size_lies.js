/*---
id: PKG-038
title: a stored file of two different sizes is refused
level: 0
package:
  change:
    - header: { file: app.js, set: { sizeBytes: 5 } }
expect: { refused: package.bad_zip, detail: "its two sizes differ" }
---*/
