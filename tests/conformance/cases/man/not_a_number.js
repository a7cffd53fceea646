/*---
id: MAN-054
title: a manifest with a number that JSON does not have is refused
level: 0
manifestText: |
  {"manifest_version": NaN}
package: {}
expect: { refused: package.manifest_invalid, detail: "cannot be read" }
---*/
