/*---
id: MAN-005
title: a permission with a wildcard is refused
level: 0
manifest: { opt_permissions: [ { name: "payments.*", reason: r, purpose: p } ] }
package: {}
expect: { refused: package.manifest_invalid, detail: "the names are:" }
---*/
