/*---
id: PKG-011
title: a file name that ends with a dot, which Windows drops, is refused
level: 0
guards: [package.names]
package:
  change:
    - add: { name: "app.js.", text: "x" }
expect: { refused: package.bad_zip, detail: "ends with a dot or a space" }
---*/
