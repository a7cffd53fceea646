/*---
id: MAN-023
title: an entry on the network is refused
level: 0
manifest: { entry: "https://example.org/app.js" }
package: {}
expect: { refused: package.manifest_invalid, detail: "a relative path" }
---*/
