/*---
id: MAN-012
title: a reason that turns the direction of writing is refused
level: 0
manifest: { opt_permissions: [ { name: identity.basic, reason: "pay 0\u202e005", purpose: p } ] }
package: {}
expect: { refused: package.manifest_invalid, detail: "without control characters" }
---*/
