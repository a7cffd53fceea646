/*---
id: PKG-006
title: a file name with a backslash, which leads out on Windows, is refused
level: 0
guards: [package.names]
package:
  change:
    - add: { name: "..\\a.js", text: "x" }
expect: { refused: package.bad_zip, detail: "backslash" }
---*/
