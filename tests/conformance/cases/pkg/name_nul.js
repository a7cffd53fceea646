/*---
id: PKG-008
title: a file name with a NUL byte, where C ends it, is refused
level: 0
guards: [package.names]
package:
  change:
    - add: { name: "a.js\0.png", text: "x" }
expect: { refused: package.bad_zip, detail: "NUL byte" }
---*/
