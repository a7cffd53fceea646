/*---
id: MAN-013
title: a name that turns the direction of writing is refused
level: 0
manifest: { name: "Bank\u202ekniB" }
package: {}
expect: { refused: package.manifest_invalid, detail: "without control characters" }
---*/
