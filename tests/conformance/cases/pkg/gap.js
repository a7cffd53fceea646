/*---
id: PKG-048
title: bytes between two files are refused
level: 0
guards: [package.overlap]
package:
  change:
    - insert: { file: app.js, text: "hidden" }
expect: { refused: package.bad_zip, detail: "overlap or leave a gap" }
---*/
