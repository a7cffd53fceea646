/*---
id: SIG-010
title: a signature over other bytes than these is refused
level: 0
guards: [package.bytes]
package:
  change:
    - payload:
        set:
          file_hash: "0000000000000000000000000000000000000000000000000000000000000000"
expect: { refused: package.hash_mismatch, detail: "signed other bytes" }
---*/
