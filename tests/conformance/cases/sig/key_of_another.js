/*---
id: SIG-023
title: a signature under the name of another key is refused
level: 0
package:
  change:
    - payload: { set: { kid: "00000000000000000000000000000000" } }
expect: { refused: package.signature_invalid, detail: "canonical form" }
---*/
