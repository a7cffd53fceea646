/*---
id: MAN-021
title: a version code that is no whole number is refused
level: 0
manifest: { version: { name: "1", code: 1.5 } }
package: {}
expect: { refused: package.manifest_invalid, detail: "a whole number" }
---*/
