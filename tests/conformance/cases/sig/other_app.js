/*---
id: SIG-012
title: a signature for another app is refused
level: 0
guards: [package.identity]
package:
  change:
    - payload: { set: { app_id: org.example.other } }
expect: { refused: package.signature_invalid, detail: "another app_id or version" }
---*/
