/*---
id: PKG-029
title: a file with an extra field, such as another name for other readers, is refused
level: 0
guards: [package.features]
package:
  change:
    - header: { file: app.js, set: { extra: "upxx" } }
expect: { refused: package.bad_zip, detail: "extra field" }
---*/
