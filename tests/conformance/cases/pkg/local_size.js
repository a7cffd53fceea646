/*---
id: PKG-041
title: a local header with another size than its central header is refused
level: 0
package:
  change:
    - header: { file: app.js, in: local, set: { sizeBytes: 7 } }
expect: { refused: package.bad_zip, detail: "differs from its central header" }
---*/
