/*---
id: PKG-026
title: a file that is marked as encrypted is refused
level: 0
guards: [package.features]
package:
  change:
    - header: { file: app.js, set: { flags: 2049 } }
expect: { refused: package.bad_zip, detail: "is encrypted" }
---*/
