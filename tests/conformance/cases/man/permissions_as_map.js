/*---
id: MAN-008
title: permissions as an object that looks like a list are refused
level: 0
manifest: { opt_permissions: { "0": { name: identity.basic, reason: r, purpose: p }, length: 1 } }
package: {}
expect: { refused: package.manifest_invalid, detail: "is not an array" }
---*/
