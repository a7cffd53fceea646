/*---
id: SIG-015
title: a package of which one bit was changed on the way is refused
level: 0
guards: [package.bytes]
package:
  change:
    - flip: { at: files, byte: 45, bit: 0 }
expect: { refused: package.hash_mismatch, detail: "signed other bytes" }
---*/
