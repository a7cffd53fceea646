/*---
id: MAN-061
title: an empty manifest is refused
level: 0
manifestText: " "
package: {}
expect: { refused: package.manifest_invalid, detail: "cannot be read" }
---*/
