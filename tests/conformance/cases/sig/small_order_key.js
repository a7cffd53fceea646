/*---
id: SIG-022
title: a key of small order, under which anything verifies, is refused
level: 0
package:
  change:
    - signer: { key: small-order }
expect: { refused: package.signature_invalid, detail: "does not verify" }
---*/
