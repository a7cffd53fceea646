/*---
id: MAN-053
title: half a character of UTF-16 in a manifest is refused
level: 0
manifestText: |
  {"name": "\ud800"}
package: {}
expect: { refused: package.manifest_invalid, detail: "cannot be read" }
---*/
