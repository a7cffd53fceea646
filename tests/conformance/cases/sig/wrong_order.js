/*---
id: SIG-034
title: signatures in another order than that of their roles are refused
level: 0
package:
  change:
    - payload: { set: { role: store } }
    - cosign: { key: developer, role: developer }
expect: { refused: package.signature_invalid, detail: "out of order" }
---*/
