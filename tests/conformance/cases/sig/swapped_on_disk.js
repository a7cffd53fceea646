/*---
id: SIG-041
title: an installed package that was replaced by another of the same developer is not run
level: 0
package: { door: load, change: [ { add: { name: more.js, text: x } } ] }
expect: { refused: package.hash_mismatch, detail: "not the one that was installed" }
---*/
