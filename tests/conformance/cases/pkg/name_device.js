/*---
id: PKG-010
title: a file name that opens a device on Windows is refused
level: 0
guards: [package.names]
package:
  change:
    - add: { name: "pages/CON.js", text: "x" }
expect: { refused: package.bad_zip, detail: "device on Windows" }
---*/
