/*---
id: PKG-022
title: a second manifest beside the first is refused
level: 0
guards: [package.twins]
package:
  change:
    - add: { name: manifest.json, text: "{}" }
expect: { refused: package.bad_zip, detail: "is there twice" }
---*/
