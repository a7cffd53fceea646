/*---
id: MAN-049
title: a key that stands twice in two spellings is refused
level: 0
guards: [json.keys]
manifestText: |
  {"app_id": "org.example.test", "\u0061pp_id": "org.example.other"}
package: {}
expect: { refused: package.manifest_invalid, detail: "stands twice" }
---*/
