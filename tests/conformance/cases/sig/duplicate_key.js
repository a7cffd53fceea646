/*---
id: SIG-028
title: a payload with a role twice, of which two readers take two, is refused
level: 0
guards: [json.keys]
package:
  change:
    - block: { replace: '"role":', with: '"role":"store","role":' }
expect: { refused: package.signature_invalid, detail: "stands twice" }
---*/
