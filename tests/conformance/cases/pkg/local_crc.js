/*---
id: PKG-042
title: a local header with another crc than its central header is refused
level: 0
package:
  change:
    - header: { file: app.js, in: local, set: { crc: 7 } }
expect: { refused: package.bad_zip, detail: "differs from its central header" }
---*/
