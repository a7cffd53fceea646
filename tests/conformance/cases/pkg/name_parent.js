/*---
id: PKG-002
title: a file name that leads out of the package is refused
level: 0
guards: [package.names]
package:
  change:
    - add: { name: "../a.js", text: "x" }
expect: { refused: package.bad_zip, detail: ". and .. are not allowed" }
---*/
