/*---
id: MAN-010
title: a permission that is required and optional at once is refused
level: 0
manifest:
  req_permissions: [ { name: identity.basic, reason: r, purpose: p } ]
  opt_permissions: [ { name: identity.basic, reason: r, purpose: p } ]
package: {}
expect: { refused: package.manifest_invalid, detail: "declared twice" }
---*/
