/*---
id: MAN-055
title: a number that changes when it is read is refused
level: 0
manifestText: |
  {"manifest_version": 1e400}
package: {}
expect: { refused: package.manifest_invalid, detail: "cannot be read" }
---*/
