/*---
id: PKG-044
title: bytes before the archive are refused
level: 0
package:
  change:
    - insert: { at: start, text: "#!/bin/sh" }
expect: { refused: package.bad_zip, detail: "put before the archive" }
---*/
