/*---
id: SIG-021
title: a signature to which the order of the group was added is refused
level: 0
refs: ["RFC 8032, section 5.1.7"]
package:
  change:
    - malleable: {}
expect: { refused: package.signature_invalid, detail: "does not verify" }
---*/
