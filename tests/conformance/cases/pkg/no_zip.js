/*---
id: PKG-059
title: a file that is no archive is refused
level: 0
package:
  change:
    - remove: { file: app.js }
    - remove: { file: harness.js }
    - remove: { file: icon.svg }
    - remove: { file: manifest.json }
    - remove: { file: orders.js }
    - block: { form: none }
    - truncate: { bytes: 1 }
expect: { refused: package.bad_zip, detail: "too short" }
---*/
