/*---
id: MAN-004
title: a permission that there is not is refused
level: 0
manifest: { opt_permissions: [ { name: camera, reason: r, purpose: p } ] }
package: {}
expect: { refused: package.manifest_invalid, detail: "the names are:" }
---*/
