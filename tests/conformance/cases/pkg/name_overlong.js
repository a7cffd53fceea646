/*---
id: PKG-016
title: a file name with a slash in overlong UTF-8 is refused
level: 0
guards: [package.names]
package:
  change:
    - add: { nameHex: "2e2ec0af612e6a73", text: "x" }
expect: { refused: package.bad_zip, detail: "not UTF-8" }
---*/
