/*---
id: SIG-002
title: a package whose signatures were taken out is refused
level: 0
guards: [package.signed]
package:
  change:
    - block: { form: none }
expect: { refused: package.unsigned, detail: "is not signed" }
---*/
