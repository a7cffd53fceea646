/*---
id: MAN-020
title: a version code beyond 31 bits is refused
level: 0
manifest: { version: { name: "1", code: 2147483648 } }
package: {}
expect: { refused: package.manifest_invalid, detail: "to 2147483647" }
---*/
