/*---
id: SIG-033
title: two signatures of one key in one role are refused
level: 0
package:
  change:
    - cosign: { key: developer, role: developer }
expect: { refused: package.signature_invalid, detail: "two of one key" }
---*/
