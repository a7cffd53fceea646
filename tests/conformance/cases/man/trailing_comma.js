/*---
id: MAN-051
title: a manifest with a comma too many is refused
level: 0
manifestText: |
  {"manifest_version": 1,}
package: {}
expect: { refused: package.manifest_invalid, detail: "cannot be read" }
---*/
