/*---
id: SIG-005
title: a package that its developer did not sign is refused
level: 0
guards: [package.developer]
package:
  change:
    - payload: { set: { role: store } }
expect: { refused: package.unsigned, detail: "not signed by its developer" }
---*/
