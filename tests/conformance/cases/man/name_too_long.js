/*---
id: MAN-015
title: a name of more than 45 characters is refused
level: 0
manifest: { name: "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn" }
package: {}
expect: { refused: package.manifest_invalid, detail: "1 to 45 characters" }
---*/
