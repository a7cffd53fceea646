/*---
id: MAN-052
title: text behind the manifest is refused
level: 0
manifestText: |
  {"manifest_version": 1} {"manifest_version": 1}
package: {}
expect: { refused: package.manifest_invalid, detail: "cannot be read" }
---*/
