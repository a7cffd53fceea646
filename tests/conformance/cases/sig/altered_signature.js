/*---
id: SIG-016
title: a signature of which one bit was changed is refused
level: 0
package:
  change:
    - signature:
        set:
          signature: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
            AAAAAAAAAAAAAAAAAAAAAA"
expect: { refused: package.signature_invalid, detail: "does not verify" }
---*/
