/*---
id: PKG-057
title: a package without the module that starts the app is refused
level: 0
package:
  change:
    - remove: { file: app.js }
expect: { refused: package.manifest_invalid, detail: "has no file 'app.js'" }
---*/
