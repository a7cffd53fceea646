/*---
id: SIG-017
title: a signature that names the algorithm none is refused
level: 0
package:
  change:
    - signature:
        set:
          alg: none
          signature: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
            AAAAAAAAAAAAAAAAAAAAAA"
expect: { refused: package.signature_invalid, detail: "canonical form" }
---*/
