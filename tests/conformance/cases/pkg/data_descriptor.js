/*---
id: PKG-027
title: a file whose sizes stand behind it is refused
level: 0
guards: [package.features]
package:
  change:
    - header: { file: app.js, set: { flags: 2056 } }
    - insert: { file: app.js, hex: "504b0708000000000000000000000000" }
expect: { refused: package.bad_zip, detail: "data descriptor" }
---*/
