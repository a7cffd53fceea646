/*---
id: SIG-025
title: a signature from before 1970 is refused
level: 0
package:
  change:
    - payload: { set: { ts: -1 } }
expect: { refused: package.signature_invalid, detail: "malformed" }
---*/
