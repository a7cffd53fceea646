/*---
id: MAN-045
title: an integrity hash that is not that of its file is refused
level: 0
manifest:
  integrity: { app.js: "0000000000000000000000000000000000000000000000000000000000000000" }
package: {}
expect: { refused: package.manifest_invalid, detail: "the SHA-256 of 'app.js' is" }
---*/
