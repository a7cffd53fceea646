/*---
id: PKG-025
title: a device node in a package is refused
level: 0
package:
  change:
    - header: { file: app.js, set: { madeBy: 788, attributes: 562036736 } }
# attributes: 020600 << 16
expect: { refused: package.bad_zip, detail: "differs from what kiosk pack writes" }
---*/
