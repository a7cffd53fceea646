/*---
id: PKG-013
title: a file without a name is refused
level: 0
guards: [package.names]
package:
  change:
    - add: { name: "", text: "x" }
expect: { refused: package.bad_zip, detail: "is empty" }
---*/
