/*---
id: SIG-024
title: a signature in a role that there is not is refused
level: 0
package:
  change:
    - payload: { set: { role: admin } }
expect: { refused: package.signature_invalid, detail: "names a role other than" }
---*/
