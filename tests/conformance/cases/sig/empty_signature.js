/*---
id: SIG-018
title: an empty signature is refused
level: 0
package:
  change:
    - signature: { set: { signature: "" } }
expect: { refused: package.signature_invalid, detail: "not Ed25519" }
---*/
