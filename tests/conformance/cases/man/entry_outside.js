/*---
id: MAN-022
title: an entry outside of the package is refused
level: 0
manifest: { entry: "../app.js" }
package: {}
expect: { refused: package.manifest_invalid, detail: "a relative path" }
---*/
