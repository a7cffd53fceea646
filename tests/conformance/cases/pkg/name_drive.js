/*---
id: PKG-005
title: a file name with a drive of Windows is refused
level: 0
guards: [package.names]
package:
  change:
    - add: { name: "C:/a.js", text: "x" }
expect: { refused: package.bad_zip, detail: "names a drive" }
---*/
