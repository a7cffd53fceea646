/*---
id: PKG-030
title: a file with a comment is refused
level: 0
guards: [package.features]
package:
  change:
    - header: { file: app.js, set: { comment: "hello" } }
expect: { refused: package.bad_zip, detail: "has a comment" }
---*/
