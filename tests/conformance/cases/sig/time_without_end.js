/*---
id: SIG-026
title: a signature of a time beyond all clocks is refused
level: 0
package:
  change:
    - payload: { set: { ts: 9007199254740991 } }
expect: { refused: package.signature_invalid, detail: "malformed" }
---*/
