/*---
id: MAN-037
title: a permission for an origin that the network block does not list is refused
level: 0
manifest: { opt_permissions: [ { name: "net:https://a.example.org", reason: r, purpose: p } ] }
package: {}
expect: { refused: package.manifest_invalid, detail: "does not list" }
---*/
