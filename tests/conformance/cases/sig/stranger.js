/*---
id: SIG-006
title: a package that a key signed which the host does not trust is refused
level: 0
guards: [package.trusted]
package:
  change:
    - signer: { key: stranger }
expect: { refused: package.untrusted, detail: "is trusted here" }
---*/
