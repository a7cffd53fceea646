/*---
id: SIG-036
title: another content under a version that was used is refused
level: 0
package:
  door: install
  installed: {}
  change:
    - add: { name: more.js, text: "x" }
expect: { refused: package.downgrade, detail: "was used for other content" }
---*/
