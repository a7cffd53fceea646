/*---
id: MAN-019
title: a version code of 0 is refused
level: 0
manifest: { version: { name: "1", code: 0 } }
package: {}
expect: { refused: package.manifest_invalid, detail: "a whole number from 1" }
---*/
