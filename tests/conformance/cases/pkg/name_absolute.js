/*---
id: PKG-004
title: an absolute file name is refused
level: 0
guards: [package.names]
package:
  change:
    - add: { name: "/etc/a.js", text: "x" }
expect: { refused: package.bad_zip, detail: "is absolute" }
---*/
