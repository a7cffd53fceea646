/*---
id: SIG-029
title: a signing block in another spelling than the canonical one is refused
level: 0
package:
  change:
    - block: { replace: developer, with: '\u0064eveloper' }
expect: { refused: package.signature_invalid, detail: "canonical form" }
---*/
