/*---
id: MAN-056
title: a manifest that is a list is refused
level: 0
manifestText: |
  []
package: {}
expect: { refused: package.manifest_invalid, detail: "is not an object" }
---*/
