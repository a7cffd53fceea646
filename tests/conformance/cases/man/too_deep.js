/*---
id: MAN-058
title: a manifest that is nested without end is refused
level: 0
guards: [json.depth]
manifestText: |
  [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
  ]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
package: {}
expect: { refused: package.manifest_invalid, detail: "nested deeper than 16" }
---*/
