/*---
id: MAN-014
title: a name of two lines is refused
level: 0
manifest: { name: "Bank\nverified" }
package: {}
expect: { refused: package.manifest_invalid, detail: "without control characters" }
---*/
