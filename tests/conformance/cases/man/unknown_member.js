/*---
id: MAN-003
title: a member that nobody knows is refused
level: 0
manifest: { permissions: [] }
package: {}
expect: { refused: package.manifest_invalid, detail: "there is no such field" }
---*/
