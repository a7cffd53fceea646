/*---
id: MAN-007
title: a permission in capitals is refused
level: 0
manifest: { opt_permissions: [ { name: Identity.Basic, reason: r, purpose: p } ] }
package: {}
expect: { refused: package.manifest_invalid, detail: "the names are:" }
---*/
