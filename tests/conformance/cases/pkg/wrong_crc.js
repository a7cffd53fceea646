/*---
id: PKG-039
title: a file whose checksum is not that of its bytes is refused
level: 0
package:
  change:
    - header: { file: app.js, set: { crc: 1 } }
expect: { refused: package.bad_zip, detail: "is damaged" }
---*/
