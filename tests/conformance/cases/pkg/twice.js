/*---
id: PKG-021
title: a file that is there twice, so that two readers see two contents, is refused
level: 0
guards: [package.twins]
package:
  change:
    - add: { name: app.js, text: "throw new Error()" }
expect: { refused: package.bad_zip, detail: "is there twice" }
---*/
