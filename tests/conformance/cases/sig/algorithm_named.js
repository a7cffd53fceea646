/*---
id: SIG-019
title: a signature that names an algorithm, which is not its to choose, is refused
level: 0
package:
  change:
    - signature: { set: { alg: HS256 } }
expect: { refused: package.signature_invalid, detail: "canonical form" }
---*/
