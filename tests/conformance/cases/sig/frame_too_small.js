/*---
id: SIG-031
title: a signing block of a size other than its frame says is refused
level: 0
package:
  change:
    - block: { frameSize: 12 }
expect: { refused: package.bad_zip, detail: "no signing block" }
---*/
