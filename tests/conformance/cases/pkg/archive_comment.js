/*---
id: PKG-047
title: a comment of the archive, where a second archive can hide, is refused
level: 0
package:
  change:
    - end: { comment: "hello" }
expect: { refused: package.bad_zip, detail: "has a comment" }
---*/
