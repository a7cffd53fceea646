/*---
id: PKG-009
title: a file name with a colon, a stream of NTFS, is refused
level: 0
guards: [package.names]
package:
  change:
    - add: { name: "app.js:hidden", text: "x" }
expect: { refused: package.bad_zip, detail: "not allowed in packages" }
---*/
