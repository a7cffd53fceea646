/*---
id: PKG-050
title: bytes between the files and the signing block are refused
level: 0
package:
  change:
    - insert: { at: files, text: "hidden" }
expect: { refused: package.bad_zip, detail: "no signing block" }
---*/
