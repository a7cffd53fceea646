/*---
id: MAN-062
title: a manifest that is not UTF-8 is refused
level: 0
package:
  change:
    - remove: { file: manifest.json }
    - add: { name: manifest.json, hex: "7b226e616d65223a22ff227d" }
expect: { refused: package.manifest_invalid, detail: "cannot be read" }
---*/
