/*---
id: PKG-012
title: a hidden file is refused
level: 0
guards: [package.names]
package:
  change:
    - add: { name: ".htaccess", text: "x" }
expect: { refused: package.bad_zip, detail: "is hidden" }
---*/
