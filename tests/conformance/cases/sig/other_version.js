/*---
id: SIG-013
title: a signature for another version is refused
level: 0
guards: [package.identity]
package:
  change:
    - payload: { set: { version: 2 } }
expect: { refused: package.signature_invalid, detail: "another app_id or version" }
---*/
