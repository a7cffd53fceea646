/*---
id: PKG-017
title: a file name that turns the direction of writing is refused
level: 0
guards: [package.names]
package:
  change:
    - add: { name: "a\u202esj.png", text: "x" }
expect: { refused: package.bad_zip, detail: "not allowed in packages" }
---*/
