/*---
id: PKG-040
title: a local header with another name than its central header is refused
level: 0
package:
  change:
    - header: { file: app.js, in: local, set: { name: "x.js" } }
expect: { refused: package.bad_zip, detail: "differs from its central header" }
---*/
