/*---
id: SIG-003
title: a signing block without a signature is refused
level: 0
package:
  change:
    - block: { text: '{"signatures":[]}' }
expect: { refused: package.signature_invalid, detail: "1 to 16 signatures" }
---*/
