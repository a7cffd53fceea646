/*---
id: MAN-006
title: a permission with a NUL byte behind its name is refused
level: 0
manifest: { opt_permissions: [ { name: "identity.basic\u0000", reason: r, purpose: p } ] }
package: {}
expect: { refused: package.manifest_invalid, detail: "the names are:" }
---*/
