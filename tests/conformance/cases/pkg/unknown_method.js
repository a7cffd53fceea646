/*---
id: PKG-028
title: a file that is packed by a method other than stored and deflate is refused
level: 0
guards: [package.features]
package:
  change:
    - header: { file: app.js, set: { method: 14 } }
expect: { refused: package.bad_zip, detail: "a method other than" }
---*/
