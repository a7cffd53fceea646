/*---
id: PKG-024
title: a file with the mode of a set-user-id program is refused
level: 0
package:
  change:
    - header: { file: app.js, set: { madeBy: 788, attributes: 2313486336 } }
# attributes: 0104755 << 16
expect: { refused: package.bad_zip, detail: "differs from what kiosk pack writes" }
---*/
