/*---
id: PKG-051
title: bytes between the central directory and its end are refused
level: 0
package:
  change:
    - insert: { at: directory, text: "hidden" }
expect: { refused: package.bad_zip, detail: "does not lie directly before" }
---*/
