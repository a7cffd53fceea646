/*---
id: PKG-023
title: a symbolic link in a package is refused
level: 0
guards: [package.features]
package:
  change:
    - header: { file: app.js, set: { madeBy: 788, attributes: 2717843456 } }
# attributes: 0120777 << 16, made by Unix
expect: { refused: package.bad_zip, detail: "is a symbolic link" }
---*/
