/*---
id: PKG-043
title: a local header with another method than its central header is refused
level: 0
package:
  change:
    - header: { file: app.js, in: local, set: { method: 8 } }
expect: { refused: package.bad_zip, detail: "differs from its central header" }
---*/
