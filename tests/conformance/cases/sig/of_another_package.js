/*---
id: SIG-014
title: the signatures of another package under these files are refused
level: 0
guards: [package.bytes]
package:
  change:
    - block: { form: another }
expect: { refused: package.hash_mismatch, detail: "signed other bytes" }
---*/
