/*---
id: PKG-020
title: two files whose names are one to a file system that folds Unicode are refused
level: 0
guards: [package.twins]
package:
  change:
    - add: { name: "k.js", text: "x" }
    - add: { name: "\u212a.js", text: "x" }
expect: { refused: package.bad_zip, detail: "upper and lower case only" }
---*/
