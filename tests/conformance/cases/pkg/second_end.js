/*---
id: PKG-046
title: a second end record behind the first is refused
level: 0
package:
  change:
    - append: { hex: "504b0506000000000000000000000000000000000000" }
expect: { refused: package.bad_zip, detail: "put before the archive" }
---*/
