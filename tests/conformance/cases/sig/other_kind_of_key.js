/*---
id: SIG-020
title: a key of another size than Ed25519 has is refused
level: 0
package:
  change:
    - signature: { set: { public_key: "AAAA" } }
expect: { refused: package.signature_invalid, detail: "not Ed25519" }
---*/
