/*---
id: SIG-038
title: a store that is trusted does not turn an update of another developer into one of the same
level: 0
guards: [apps.developer]
package:
  door: install
  trust: [developer, store]
  installed: {}
  change: [ signer: { key: stranger }, cosign: {} ]
manifest: { version: { name: 2.0.0, code: 2 } }
expect: { refused: package.untrusted, detail: "from another developer" }
---*/
