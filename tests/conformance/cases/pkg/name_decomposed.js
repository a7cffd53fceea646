/*---
id: PKG-018
title: a file name in decomposed Unicode, the twin of a composed one, is refused
level: 0
guards: [package.names]
package:
  change:
    - add: { name: "\u0438\u0306.js", text: "x" }
expect: { refused: package.bad_zip, detail: "decomposed form" }
---*/
