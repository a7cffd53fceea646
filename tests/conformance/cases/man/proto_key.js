/*---
id: MAN-057
title: a manifest with a member __proto__ is refused
level: 0
manifestText: |
  {"__proto__": {"manifest_version": 1}}
package: {}
expect: { refused: package.manifest_invalid, detail: "there is no such field" }
---*/
