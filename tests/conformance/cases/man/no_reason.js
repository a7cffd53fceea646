/*---
id: MAN-011
title: a permission without a reason for people is refused
level: 0
manifest: { opt_permissions: [ { name: identity.basic, purpose: p } ] }
package: {}
expect: { refused: package.manifest_invalid, detail: "is missing" }
---*/
