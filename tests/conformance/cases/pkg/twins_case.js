/*---
id: PKG-019
title: two files whose names differ in case alone are refused
level: 0
guards: [package.twins]
package:
  change:
    - add: { name: App.js, text: "x" }
expect: { refused: package.bad_zip, detail: "upper and lower case only" }
---*/
