/*---
id: SIG-032
title: a signing block of more than 64 KiB is refused
level: 0
package:
  change:
    - block: { zeros: 70000 }
expect: { refused: package.signature_invalid, detail: "bytes of JSON" }
---*/
