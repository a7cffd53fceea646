/*---
id: SIG-004
title: a signing block of more than sixteen signatures is refused
level: 0
package:
  change:
    - cosign: { times: 16 }
expect: { refused: package.signature_invalid, detail: "1 to 16 signatures" }
---*/
