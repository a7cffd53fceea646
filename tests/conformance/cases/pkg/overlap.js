/*---
id: PKG-049
title: two files that share their bytes are refused
level: 0
guards: [package.overlap]
package:
  change:
    - header: { file: harness.js, offset: 0 }
expect: { refused: package.bad_zip, detail: "overlap or leave a gap" }
---*/
