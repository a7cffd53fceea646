/*---
id: SIG-027
title: a member of the signing block that no signature covers is refused
level: 0
package:
  change:
    - block: { replace: '{"signatures"', with: '{"note":1,"signatures"' }
expect: { refused: package.signature_invalid, detail: "canonical form" }
---*/
