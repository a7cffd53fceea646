/*---
id: MAN-048
title: a manifest with a key twice, of which two readers take two, is refused
level: 0
guards: [json.keys]
manifestText: |
  {"app_id": "org.example.test", "app_id": "org.example.other"}
package: {}
expect: { refused: package.manifest_invalid, detail: "stands twice" }
---*/
