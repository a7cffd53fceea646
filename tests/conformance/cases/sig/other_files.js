/*---
id: SIG-011
title: a signature over other files than these is refused
level: 0
guards: [package.files]
package:
  change:
    - payload:
        set:
          payload_hash: "0000000000000000000000000000000000000000000000000000000000000000"
expect: { refused: package.hash_mismatch, detail: "signed other files" }
---*/
