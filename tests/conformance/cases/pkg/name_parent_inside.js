/*---
id: PKG-003
title: a file name that goes up behind a folder is refused
level: 0
guards: [package.names]
package:
  change:
    - add: { name: "pages/../../a.js", text: "x" }
expect: { refused: package.bad_zip, detail: ". and .. are not allowed" }
---*/
