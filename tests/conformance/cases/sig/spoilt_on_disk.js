/*---
id: SIG-040
title: an installed package that was altered on disk is not run
level: 0
guards: [package.bytes]
package: { door: load, change: [ { flip: { at: files, byte: 45 } } ] }
expect: { refused: package.hash_mismatch, detail: "signed other bytes" }
---*/
