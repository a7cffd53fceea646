/*---
id: MAN-050
title: a manifest with a comment is refused
level: 0
manifestText: |
  {"app_id": "org.example.test" /* me */}
package: {}
expect: { refused: package.manifest_invalid, detail: "cannot be read" }
---*/
