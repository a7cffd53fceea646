/*---
id: PKG-015
title: a file name that is not UTF-8 is refused
level: 0
guards: [package.names]
package:
  change:
    - add: { nameHex: "61ff2e6a73", text: "x" }
expect: { refused: package.bad_zip, detail: "not UTF-8" }
---*/
