/*---
id: MAN-063
title: a manifest of more than 256 KiB is refused
level: 0
package:
  change:
    - remove: { file: manifest.json }
    - add: { name: manifest.json, zeros: 300000 }
expect: { refused: package.manifest_invalid, detail: "more than 262144 bytes" }
---*/
