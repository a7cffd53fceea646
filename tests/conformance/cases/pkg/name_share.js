/*---
id: PKG-007
title: a file name that is a network share of Windows is refused
level: 0
guards: [package.names]
package:
  change:
    - add: { name: "\\\\server\\a.js", text: "x" }
expect: { refused: package.bad_zip, detail: "backslash" }
---*/
