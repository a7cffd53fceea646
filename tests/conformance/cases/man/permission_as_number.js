/*---
id: MAN-009
title: a permission that is a number is refused
level: 0
manifest: { opt_permissions: [ 7 ] }
package: {}
expect: { refused: package.manifest_invalid, detail: "is not an object" }
---*/
