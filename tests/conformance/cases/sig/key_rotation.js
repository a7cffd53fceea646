/*---
id: SIG-037
title: an update that another trusted key signed is refused, and the old version stays
level: 0
guards: [apps.developer]
package:
  door: install
  trust: [developer, stranger]
  installed: { manifest: { version: { name: 0.1.0, code: 1 } } }
  change: [ signer: { key: stranger } ]
manifest: { version: { name: 2.0.0, code: 2 } }
expect: { refused: package.untrusted, detail: "from another developer" }
---*/
