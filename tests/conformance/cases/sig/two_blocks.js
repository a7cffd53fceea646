/*---
id: SIG-030
title: two signing blocks are refused
level: 0
package:
  change:
    - block: { form: twice }
expect: { refused: package.bad_zip, detail: "no signing block" }
---*/
