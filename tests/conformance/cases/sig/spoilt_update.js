/*---
id: SIG-039
title: a spoilt update is refused, and the old version stays as it was
level: 0
guards: [package.bytes]
package:
  door: install
  installed: {}
  change: [ flip: { at: files, byte: 45 } ]
manifest: { version: { name: 2.0.0, code: 2 } }
expect: { refused: package.hash_mismatch, detail: "signed other bytes" }
---*/
